"""The form of an entry that went up in another one says so, and leads there."""

from django.contrib import admin

from offers.models import TwinDecision


class LeadsOn(admin.ModelAdmin):
    """An admin of entries of which two may be made one."""

    def render_change_form(self, request, context, **kwargs):
        entry = kwargs["obj"]
        if entry is not None and entry.pk and entry.is_put_away:
            found = TwinDecision.objects.successor(type(entry), pk=entry.pk)
            context["went_up_in"] = found if found != entry else None
        return super().render_change_form(request, context, **kwargs)
