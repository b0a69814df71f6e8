"""Which entry each row of a file is about; no two rows are about the same."""

from django.utils.translation import gettext as _

TWINS = 3_000  # rows; for more there is no time to look for names that are nearly the same
NEW = "new"


class Identifier:
    """Finds the entries of rows among those ``known`` (``entries.Known``).

    ``answers`` say which entry a row is about where a person was asked, by line.
    """

    def __init__(self, known, answers, label):
        self.known, self.answers, self.label = known, answers, label
        self.lines = {}  # what a row of this file is called -> its line
        self.looked_for_twins = 0

    def identify(self, draft):
        """Set the target of a draft, or what is in doubt."""
        if draft.values.get("external_id") and not draft.values.get("source"):
            draft.values["source"] = ""
        self._match(draft)
        if draft.target is None and draft.values.get("uuid"):
            draft.refuse(self.label("uuid"), [_("Diese Kennung gibt es im Portal nicht.")])
        self.refuse_twice(draft, self.known.keys(draft.values))

    def refuse_twice(self, draft, keys):
        """Refuse a row about what an earlier row is about, too; ``keys`` are what it calls it."""
        keys = [*keys, ("target", draft.target)] if draft.target else keys
        for how, key in keys:
            if (how, key) in self.lines:
                line = self.lines[how, key]
                draft.refuse("", [_("Derselbe Eintrag steht schon in Zeile %d.") % line])
                return
        if not draft.problems:
            self.lines |= dict.fromkeys(keys, draft.line)

    def _match(self, draft):
        """Find the entry a row is about; where that is in doubt, a person has said or will say."""
        match = self.known.find(draft.values)
        if match.target:
            draft.target = match.target
            self._refuse_another_key(draft)
            return
        draft.candidates = list(match.candidates) or self._likely_twins(draft)
        answer = self.answers.get(str(draft.line))
        if answer in draft.candidates:
            draft.target = answer
        elif answer != NEW:
            draft.question = match.why

    def _refuse_another_key(self, draft):
        """An entry keeps the key of its list, and those of entries that were merged into it."""
        theirs = self.known.origins.get(draft.target)
        ours = (draft.values.get("source", ""), draft.values.get("external_id"))
        if ours in self.known.inherited:
            del draft.values["source"], draft.values["external_id"]
        elif theirs and ours[1] and not draft.values.get("uuid") and ours not in theirs:
            name = draft.values.get("title") or draft.values.get("name")
            reason = _("„%s“ gibt es schon, mit einer anderen Kennung.") % name
            draft.refuse(self.label("external_id"), [reason])

    def _likely_twins(self, draft):
        is_named = draft.values.get("title") or draft.values.get("name")
        self.looked_for_twins += 1
        return self.known.alike(draft.values) if is_named and self.looked_for_twins < TWINS else []
