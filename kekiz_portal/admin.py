from django.conf import settings
from django.contrib import admin

from offers.admin.versions import Versioned

from .models import Page

admin.site.site_header = settings.CITY["portal_name"]
admin.site.site_title = settings.CITY["portal_name"]
admin.site.enable_nav_sidebar = False  # lists need the width; "Start" names all entries


@admin.register(Page)
class PageAdmin(Versioned):
    list_display = ["title", "slug", "is_placeholder", "updated_at"]
