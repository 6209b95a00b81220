"""What a page and the app say that they should not."""

from playwright.sync_api import ConsoleMessage, Error, Page

PROBES = ("/design/_stcore/health", "/design/_stcore/host-config")
"""Where Streamlit looks for itself first when a page below its root is loaded."""


class Overheard:
    """Listens to a tab: errors on its console, and what its scripts did not catch."""

    def __init__(self, tab: Page) -> None:
        self.wrong: list[str] = []
        tab.on("console", self._said)
        tab.on("pageerror", self._failed)

    @staticmethod
    def in_log(log: str) -> list[str]:
        """The last lines of what the app printed, where it printed a traceback."""
        return ["\n".join(log.splitlines()[-40:])] if "Traceback" in log else []

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            self.wrong.append(f"on the console: {message.text} ({message.location})")

    def _failed(self, error: Error) -> None:
        self.wrong.append(f"uncaught in the page: {error}")
