"""A mail server on loopback that speaks as much IMAP over TLS as the reader of bounces asks for."""

import datetime as dt
import re
import socketserver
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "localhost"
PART = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


class Server(socketserver.ThreadingTCPServer):
    """Holds mails by number: their bytes and their flags."""

    daemon_threads = True

    def __init__(self, certificate, abilities="IMAP4rev1 UIDPLUS"):
        super().__init__(("127.0.0.1", 0), Session)
        self.abilities = abilities.encode()
        self.mails = {}
        self.flags = {}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def put(self, number, raw):
        self.mails[number], self.flags[number] = raw, set()

    def handle_error(self, request, client_address):
        """A client that does not trust the server hangs up; nothing to tell."""


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, command, *rest = line.strip().split(b" ", 2)
            if command.upper() == b"UID":
                command, *rest = rest[0].split(b" ", 1)
            done = getattr(self, command.decode().lower())(*rest)
            self.wfile.write(tag + (b" OK done\r\n" if done is None else b" NO " + done + b"\r\n"))
            if command.upper() == b"LOGOUT":
                return

    def capability(self):
        self.wfile.write(b"* CAPABILITY " + self.server.abilities + b"\r\n")

    def login(self, rest):
        return None if rest == b'bounces@portal.example "geheim@1"' else b"wrong password"

    def select(self, rest):
        self.wfile.write(b"* %d EXISTS\r\n" % len(self.server.mails))
        return None if rest == b'"INBOX"' else b"no such folder"

    def search(self, rest):
        left_out = {b"UNDELETED": b"\\Deleted", b"UNFLAGGED": b"\\Flagged"}
        hidden = {left_out[word] for word in rest.split()}
        found = [str(number) for number, flags in self.server.flags.items() if not flags & hidden]
        self.wfile.write(f"* SEARCH {' '.join(found)}\r\n".encode())

    def fetch(self, rest):
        number, part = rest.split(b" ", 1)
        raw = self.server.mails[int(number)][: int(PART.search(part)[1])]
        told = b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n" % (number, len(raw))
        self.wfile.write(told + raw + b")\r\n")

    def store(self, rest):
        number, _item, flags = rest.split(b" ", 2)
        self.server.flags[int(number)].add(flags.strip(b"()"))

    def expunge(self, number):
        if b"\\Deleted" in self.server.flags[int(number)]:
            del self.server.mails[int(number)], self.server.flags[int(number)]

    def logout(self):
        self.wfile.write(b"* BYE\r\n")


def write_certificate(path):
    """Write a key and a certificate for localhost that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(pem))
