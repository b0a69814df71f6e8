"""The start page of the office with what the network adds to it."""

from django.contrib import admin

admin.site.index_template = "admin/network/start.html"
