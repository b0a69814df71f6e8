"""What belongs to one partner: begun on the partner's page, and back there when it is saved."""

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponseRedirect
from django.urls import reverse

from kekiz_portal.lib.keys import key
from network.models import Contact, Partner


class OfPartner(admin.ModelAdmin):
    """An admin of entries with a ``partner``; offered people are the partner's own."""

    def response_post_save_add(self, request, obj):
        return self._back_to_partner(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._back_to_partner(request, obj) or super().response_post_save_change(
            request, obj
        )

    def _back_to_partner(self, request, obj):
        if IS_POPUP_VAR in request.POST or not request.user.has_perm("network.view_partner"):
            return None
        return HttpResponseRedirect(reverse("admin:network_partner_change", args=[obj.partner_id]))

    def get_changeform_initial_data(self, request):
        """Return the partner on whose page somebody began, nothing else of the address."""
        partner = Partner.objects.filter(pk=partner_shown(request, None)).first()
        return {"partner": partner.pk} if partner else {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.partner_shown = partner_shown(request, obj)
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        partner = getattr(request, "partner_shown", None)
        if db_field.name == "contact" and partner:
            kwargs["queryset"] = Contact.objects.filter(partner=partner)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def partner_shown(request, obj):
    """Return the key of the partner a form is about, ``None`` where it is not chosen yet."""
    chosen = request.POST.get("partner") or (obj is None and request.GET.get("partner")) or ""
    return key(chosen) or (obj and obj.partner_id)
