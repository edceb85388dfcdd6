"""The pinned models: a name in, a folder on this machine out that is ready to load."""

from index.models.catalogue import ModelSpec
from index.models.shelf import DEFAULTS, PullProgress, fingerprint, locate, models, models_folder, pull

__all__ = ["DEFAULTS", "ModelSpec", "PullProgress", "fingerprint", "locate", "models", "models_folder", "pull"]
