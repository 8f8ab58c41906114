"""Templates: the words of alerts, ours and those an owner puts in their place."""

from alerts.templates.own import OwnTemplates, TemplateFailed
from alerts.templates.sandbox import sandbox

__all__ = ["OwnTemplates", "TemplateFailed", "sandbox"]
