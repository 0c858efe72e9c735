"""What a browser says of itself, in words its owner knows again: 'Chrome di ponsel Android'."""

from django.utils.translation import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def describe(user_agent: str) -> tuple[str, str]:
    """(words, icon) of a User-Agent line."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    device, icon = _device(user_agent)
    if not browser:
        return device, icon
    return _("%(browser)s di %(device)s") % {"browser": browser, "device": device}, icon


def _device(agent: str) -> tuple[str, str]:
    for sign, words, icon in (
        ("iPhone", _("iPhone"), "device-mobile"),
        ("iPad", _("iPad"), "device-mobile"),
        ("Android", _("ponsel Android"), "device-mobile"),
        ("Windows", _("komputer Windows"), "device-desktop"),
        ("Macintosh", _("komputer Mac"), "device-desktop"),
        ("CrOS", _("Chromebook"), "device-desktop"),
        ("Linux", _("komputer Linux"), "device-desktop"),
    ):
        if sign in agent:
            return words, icon
    return _("perangkat yang tidak kami kenali"), "help-circle"
