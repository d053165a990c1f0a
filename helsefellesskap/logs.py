"""One JSON object a line, for whatever collects the logs."""

import json
import logging
import re
from datetime import UTC, datetime

# Addresses that are secrets of those who got them, or lead to them, by mail.
_SECRET = re.compile(r"(/(?:lenke|kopi|innspill|varsler|kalender|horing|password/reset/key)/)[^/\s.]+")


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _SECRET.sub(r"\1…", record.getMessage()),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
