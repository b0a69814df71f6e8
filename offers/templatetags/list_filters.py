"""The filters above a list of the office, in one form with one button."""

from django import template

from offers.admin.list_filters import SelectFilter

register = template.Library()


@register.inclusion_tag("admin/list_filters.html")
def list_filters(changelist):
    """Show a list's filters: choices in selects, what Django brings along as links."""
    selects = [spec for spec in changelist.filter_specs if isinstance(spec, SelectFilter)]
    names = {spec.parameter_name for spec in selects}
    kept = [
        (name, value)
        for name, values in changelist.get_filters_params().items()
        for value in (values if isinstance(values, list) else [values])
        if name not in names
    ]
    if changelist.query:
        kept.append(("q", changelist.query))
    return {
        "cl": changelist,
        "selects": [{"spec": spec, "choices": list(spec.choices(changelist))} for spec in selects],
        "kept": kept,
        "others": [spec for spec in changelist.filter_specs if spec not in selects],
    }
