"""Lists from outside, step by step: file, columns, dry run, confirmation; and the way back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from kekiz_portal.lib.keys import key
from kekiz_portal.lib.office import page
from offers import tasks
from offers.exchange.importing import import_runs, receiving, refused_rows
from offers.models import ImportRun

from .decisions import Decisions
from .forms import COLUMNS_FORMS, ColumnsForm, UploadForm, kinds_for, may_import
from .reading import ReadingForm
from .report import Report

State = ImportRun.State
OPEN = {State.UPLOADED, State.CHECKED}
CONTENTS = ("file", "content")  # megabytes that most pages don't need
UNREACHABLE = gettext_lazy(
    "Der Dienst für lange Arbeiten ist gerade nicht erreichbar. Ihre Datei ist gespeichert; "
    "starten Sie bitte später noch einmal."
)


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    belongs_here = gettext_lazy(
        "Hier steht jede Liste, die jemand einliest, und was daraus wurde. Bisher ist es keine."
    )
    list_display = ["file_name", "kind", "state", "by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    actions = None
    delete_confirmation_template = "admin/offers/import/discard.html"

    # Who may

    def has_module_permission(self, request):
        return bool(kinds_for(request.user))

    def has_view_permission(self, request, obj=None):
        return may_import(request.user, obj.kind) if obj else bool(kinds_for(request.user))

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """Only what changed nothing can go; the others are the memory of what was imported."""
        is_open = obj is not None and obj.state in {*OPEN, State.UNREADABLE}
        return is_open and self.has_view_permission(request, obj)

    def get_queryset(self, request):
        kinds = [kind for kind, _label in kinds_for(request.user)]
        return super().get_queryset(request).defer(*CONTENTS).filter(kind__in=kinds)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_deleted_objects(self, objs, request):
        """The rows of a run go with it; thousands of them need not be listed."""
        return [str(run) for run in objs], {}, set(), []

    # Where

    def get_urls(self):
        def step(route, view):
            name = f"offers_importrun_{view.__name__}"
            return path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=name)

        return [
            step("lesen", self.read),
            step("spalten", self.columns),
            step("entscheiden", self.decide),
            step("abgelehnt", self.refused),
            step("uebernehmen", self.commit),
            step("rueckgaengig", self.undo),
            step("erneut", self.again),
            *super().get_urls(),
        ]

    # The steps

    def add_view(self, request, form_url="", extra_context=None):
        """Take a file in; nothing happens to it yet."""
        kinds = kinds_for(request.user)
        if not kinds:
            raise PermissionDenied
        first = request.GET.get("kind", kinds[0][0])
        form = UploadForm(
            request.POST or None, request.FILES or None, kinds=kinds, initial={"kind": first}
        )
        if request.method == "POST" and form.is_valid():
            return self._start(request, form.save(by=request.user), State.READING)
        return self._page(request, "upload", title=_("Liste importieren"), form=form)

    def read(self, request, pk):
        """Say how the file is to be read, where that is a question: letters, sheet, header."""
        run = self._run(request, pk)
        if run.state not in OPEN:
            return self._to(run)
        if run.content is None:
            if request.method == "POST":
                return self._start(request, run, State.READING)
            return self._page(request, "unread", run=run)
        form = ReadingForm(request.POST or None, run=run)
        if request.method == "POST" and form.is_valid():
            if form.save():
                return self._start(request, run, State.READING)
            return redirect("admin:offers_importrun_columns", run.pk)
        return self._page(request, "read", run=run, form=form)

    def columns(self, request, pk):
        """Say what the columns mean; then the dry run begins."""
        run = self._run(request, pk)
        if run.state not in OPEN:
            return self._to(run)
        if run.content is None or receiving.asks_for_encoding(run):
            return redirect("admin:offers_importrun_read", run.pk)
        form = COLUMNS_FORMS.get(run.kind, ColumnsForm)(request.POST or None, run=run)
        if request.method == "POST" and "read" in request.POST:
            form.keep_choices()
            return redirect("admin:offers_importrun_read", run.pk)
        if request.method == "POST" and form.is_valid() and not form.asks_for_words:
            form.save()
            return self._start(request, run, State.CHECKING)
        return self._page(request, "columns", run=run, form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show where a run stands: at work, looked at, done."""
        run = self._run(request, object_id)
        if run.is_at_work:
            is_stuck = not import_runs.is_held(run.pk)
            return self._page(request, "progress", run=run, is_stuck=is_stuck)
        if request.htmx:
            return HttpResponseClientRefresh()
        if run.state == State.UPLOADED:
            return redirect("admin:offers_importrun_columns", run.pk)
        if run.state == State.UNREADABLE:
            return self._page(request, "unreadable", run=run)
        return self._page(request, "report", run=run, report=Report(run, request.GET))

    @method_decorator(require_POST)
    def commit(self, request, pk):
        """Take over what the page shows, with what was just ticked on it."""
        run = self._run(request, pk)
        if Decisions(run, request.POST).save():
            messages.warning(request, _("Ihre Antworten sind neu geprüft. Bitte sehen Sie sie an."))
            return self._start(request, run, State.CHECKING)
        return self._start(request, run, State.COMMITTING)

    @method_decorator(require_POST)
    def decide(self, request, pk):
        """Keep what was ticked and answered on one page of the report, and go where one wants."""
        run = self._run(request, pk)
        if run.state != State.CHECKED:
            return self._to(run)
        if Decisions(run, request.POST).save():
            return self._start(request, run, State.CHECKING)
        where = QueryDict(request.POST.get("to", "")).urlencode()
        return redirect(f"{self._address(run)}?{where}")

    def refused(self, request, pk):
        """The refused rows as a file to mend and take in again."""
        run = self._run(request, pk)
        if run.content is None or run.is_at_work:
            return self._to(run)
        file, name = refused_rows.workbook(run), refused_rows.name_of(run)
        return FileResponse(file, as_attachment=True, filename=name)

    @method_decorator(require_POST)
    def undo(self, request, pk):
        return self._start(request, self._run(request, pk), State.UNDOING)

    @method_decorator(require_POST)
    def again(self, request, pk):
        """Begin once more what was cut short."""
        run = self._run(request, pk)
        try:
            import_runs.start_again(run, tasks.carry_out_import.delay)
        except import_runs.NotQueuedError:
            messages.error(request, UNREACHABLE)
        return self._to(run)

    # How

    def _run(self, request, pk):
        run = ImportRun.objects.defer(*CONTENTS).filter(pk=key(str(pk))).first()
        if run is None:
            raise Http404
        if not may_import(request.user, run.kind):
            raise PermissionDenied
        return run

    def _start(self, request, run, state):
        queue = tasks.carry_out_import.delay
        try:
            if not import_runs.start(run, state, queue, by=request.user):
                messages.warning(request, _("Das läuft schon oder ist schon geschehen."))
        except import_runs.NotQueuedError:
            messages.error(request, UNREACHABLE)
        return self._to(run)

    def _page(self, request, name, *, run=None, title="", **context):
        may_delete = self.has_delete_permission(request, run)
        context |= {"run": run, "State": State, "may_delete": may_delete}
        template = f"admin/offers/import/{name}.html"
        return page(self, request, template, title or run.file_name, context)

    def _to(self, run):
        return redirect(self._address(run))

    def _address(self, run):
        return reverse("admin:offers_importrun_change", args=[run.pk])
