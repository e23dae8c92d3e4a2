"""What the check of one entry can need of another: enough to be sent to another process, and to see that it has not changed."""
from dataclasses import replace

from . import values

OF_PROVIDER = ("name", "also_known_as", "website", "charity_number", "company_number")
OF_SERVICE = ("slug", "name", "status", "crime_types", "commissioned", "confidential_location")


def of(entry):
    """Entry -> the same with less in it, as far as World and references.twins go. Of providers there may be many; the others are kept whole."""
    if entry.kind != "provider":
        return entry
    data = {name: entry.data[name] for name in OF_PROVIDER if name in entry.data}
    if "services" in entry.data:
        data["services"] = [_service(service) for service in values.rows(entry.data["services"])]
    places = {path: place for path, place in entry.places.items() if len(path) < 2 or "commissioned" in path}
    return replace(entry, data=data, places=places, key_places={}, comments=())


def _service(service):
    found = {name: service[name] for name in OF_SERVICE if name in service}
    if "contacts" in service:
        given = service["contacts"]
        found["contacts"] = [{"type": contact.get("type")} for contact in values.rows(given)] if isinstance(given, list) else given
    return found
