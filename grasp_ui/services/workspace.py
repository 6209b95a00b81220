"""The workspace: one folder with the store, the settings, own graphs and exports."""

from pathlib import Path

from grasp_ui.errors import ImportBusy
from grasp_ui.services.drafts import LateDrafts
from grasp_ui.services.preparing import Place
from grasp_ui.services.runner import CLOSING_SECONDS, Runner
from grasp_ui.services.settings import Settings, home_folder, load_settings, save_settings
from grasp_ui.services.turn import Turn
from grasp_ui.store.database import Database, open_database

STORE = "store.duckdb"
IMPORT_ADVICE = "is at work. Wait until it is over, or cancel it: what was stored stays."


class Workspace:
    """An open workspace; it holds the store's file until it is closed."""

    def __init__(self, home: Path, store_path: Path, database: Database) -> None:
        self.home = home
        self.store_path = store_path
        self.database = database
        self.settings = load_settings(home)
        self.importing = Turn(ImportBusy, IMPORT_ADVICE)
        """One import at a time: two at once could not know each other's trees."""
        self.drafts = LateDrafts()
        self.turn = Turn()
        place = Place(database, home, bundle(), lambda: self.settings, self.turn)
        self.runner = Runner(database, place)

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings; runs that go on keep the old ones."""
        save_settings(self.home, settings)
        self.settings = settings

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found and repaired when the store was opened."""
        return self.database.notices

    def close(self) -> None:
        """Stop runs, tagging and import, write what is to be written, let go of the store."""
        self.importing.stop(CLOSING_SECONDS)
        self.turn.stop(CLOSING_SECONDS)
        self.runner.close()
        try:
            self.drafts.settle()
        finally:
            self.database.close()


def open_workspace(*, home: Path | None = None, store_file: Path | None = None) -> Workspace:
    """Open the workspace in `home` (default: `GRASP_HOME`, else `.grasp` here).

    Raises:
        StoreHeld: another process has it; the message says which.
        StoreTooNew: a newer version of the program wrote it.
        UnreadableFile: the settings cannot be read.
    """
    home = (home or home_folder()).resolve()
    home.mkdir(parents=True, exist_ok=True)
    path = (store_file or home / STORE).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return Workspace(home, path, open_database(path))


def bundle() -> Path:
    """The folder of `pages/`, `graphs/`, `profiles/`: the clone, else in the package."""
    package = Path(__file__).resolve().parents[1]
    clone = package.parent
    return clone if (clone / "pages" / "home.py").exists() else package / "_bundle"
