"""What axe-core finds on a page, and whether it lies in our components or in Streamlit's."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

PACKAGE = "axe_playwright_python"
OURS = ".canvas, .grasp-prompt, .grasp-words"
"""The roots of what we draw ourselves; everything else is made of Streamlit's elements."""
RUN = """
async (ours) => {
  const up = (element) => element.parentElement ?? element.getRootNode().host;
  const homeOf = (element) => {
    for (let at = element; at; at = up(at)) {
      if (at.matches(ours)) return [true, `.${at.classList[0]}`];
      if (at.dataset?.testid) return [false, at.dataset.testid];
      if (at.dataset?.baseweb) return [false, at.dataset.baseweb];
    }
    return [false, element?.tagName.toLowerCase() ?? "page"];
  };
  const { violations } = await axe.run(document, { elementRef: true, resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ element, html, any, all, none }) => {
        const [isOurs, home] = homeOf(element);
        const why = [...any, ...all, ...none].map(({ message }) => message).join(" ");
        return [id, home, isOurs, html.slice(0, 200), why];
      }),
    );
}
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One element that breaks one rule, seriously or critically.

    `home` is the nearest element with a name of its own: our component's class, or Streamlit's
    `data-testid`.
    """

    rule: str
    home: str
    is_ours: bool
    html: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule} in {self.home}: {self.html} ({self.why})"


def findings(tab: Page) -> list[Finding]:
    """Everything serious or critical that axe finds on the page as it is now."""
    if not tab.evaluate("() => 'axe' in globalThis"):
        tab.evaluate(script())
    return [Finding(*found) for found in tab.evaluate(RUN, OURS)]


def script() -> str:
    """axe-core itself, as its package for Python brings it."""
    found = find_spec(PACKAGE)
    assert found
    assert found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def pairs(found: Iterable[Finding]) -> set[tuple[str, str]]:
    """Each rule with the element that breaks it, once."""
    return {(finding.rule, finding.home) for finding in found}
