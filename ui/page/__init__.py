"""The page: what is asked of the program in, a page in a browser out. The only package that knows Gradio."""

from ui.page.app import build
from ui.page.desk import Desk, bundled
from ui.page.evaluation import Examiner
from ui.page.library import Librarian
from ui.page.serving import serving

__all__ = ["Desk", "Examiner", "Librarian", "build", "bundled", "serving"]
