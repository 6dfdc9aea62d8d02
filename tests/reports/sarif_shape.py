"""What the SARIF 2.1.0 standard asks of the objects that our reports use, as a closed JSON Schema.

Written from the standard's text (sections 3.13 to 3.58): property names, types, closed sets, minimums. Every
object is closed, so that a misspelt or invented property is an error here as it is with the published schema.
"""

from __future__ import annotations

from typing import Any


def _closed(required: list[str], **properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {**properties, "properties": {"type": "object"}},
    }


def _unique(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


_TEXT = {"type": "string"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_LINE = {"type": "integer", "minimum": 1}
_INDEX = {"type": "integer", "minimum": -1}
_MESSAGE = _closed(["text"], text=_TEXT, markdown=_TEXT)
_URI = {"type": "string", "pattern": r"^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$"}
_ARTIFACT_LOCATION = _closed([], uri=_URI, uriBaseId=_TEXT, index=_INDEX)
_REGION = _closed([], startLine=_LINE, endLine=_LINE, snippet=_closed([], text=_TEXT))
_PHYSICAL = _closed(["artifactLocation"], artifactLocation=_ARTIFACT_LOCATION, region=_REGION)
_LOGICAL = _closed([], name=_TEXT, fullyQualifiedName=_TEXT, kind=_TEXT)
_LOCATION = _closed(
    [],
    id={"type": "integer", "minimum": -1},
    message=_MESSAGE,
    physicalLocation=_PHYSICAL,
    logicalLocations=_unique(_LOGICAL),
)
_RULE = _closed(
    ["id"],
    id=_TEXT,
    name=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_closed([], level=_LEVEL),
)
_DRIVER = _closed(["name"], name=_TEXT, version=_TEXT, shortDescription=_MESSAGE, rules=_unique(_RULE))
_SUPPRESSION = _closed(
    ["kind"],
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=_TEXT,
)
_RESULT = _closed(
    ["message"],
    ruleId=_TEXT,
    ruleIndex=_INDEX,
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION, "minItems": 1},
    relatedLocations=_unique(_LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    suppressions=_unique(_SUPPRESSION),
)
_NOTIFICATION = _closed(["message"], message=_MESSAGE, level=_LEVEL, locations=_unique(_LOCATION))
_INVOCATION = _closed(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={"type": "array", "items": _NOTIFICATION},
)
_ARTIFACT = _closed(
    [],
    location=_ARTIFACT_LOCATION,
    roles=_unique({"enum": ["analysisTarget", "referencedOnCommandLine", "policy"]}),
    hashes={"type": "object", "additionalProperties": _TEXT},
    length={"type": "integer", "minimum": -1},
)
_RUN = _closed(
    ["tool"],
    tool=_closed(["driver"], driver=_DRIVER),
    automationDetails=_closed([], id=_TEXT),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations={"type": "array", "items": _INVOCATION},
    artifacts=_unique(_ARTIFACT),
    results={"type": "array", "items": _RESULT},
)
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": _RUN},
    },
}
