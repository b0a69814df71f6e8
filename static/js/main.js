// The scripts of all pages for families: each looks for what it serves and does nothing where that is not.
// In production they are one file (kekiz_portal/serving/bundles.py).
import "../django_htmx/htmx-2.min.js";
import "./suggest.js";
import "./forget.js";
import "./sheet.js";
import "./leave.js";
import "./notepad.js";
import "./contrast.js";
