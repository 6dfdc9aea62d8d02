"""A small server that speaks as much of the Hub's API as a card, a license file and a commit need."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER_COMMIT = "89abcdef0123456789abcdef0123456789abcdef"

Files = Mapping[str, bytes]


class Repository:
    """One repository: its files by revision, and how it misbehaves."""

    def __init__(
        self,
        files: Files,
        *,
        older: Files | None = None,
        status: int = 200,
        gated: str | bool = False,
        half: bool = False,
        elsewhere: str | None = None,
    ) -> None:
        self.revisions: dict[str, Files] = {COMMIT: files, "main": files}
        if older is not None:
            self.revisions |= {OTHER_COMMIT: older, "v1": older}
        self.status = status
        self.gated = gated
        self.half = half
        self.elsewhere = elsewhere

    def commit(self, revision: str) -> str:
        """The commit that a revision names."""
        return OTHER_COMMIT if revision in {OTHER_COMMIT, "v1"} else COMMIT


class FakeHub:
    """Runs the server while it is entered; remembers what was asked for."""

    def __init__(self, repositories: Mapping[str, Repository]) -> None:
        self.repositories = repositories
        self.asked: list[str] = []
        self.authorizations: list[str] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def do_HEAD(self) -> None:
                hub.answer(self, with_body=False)

            def do_GET(self) -> None:
                hub.answer(self, with_body=True)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler, *, with_body: bool) -> None:
        """Answer one request."""
        path = request.path.partition("?")[0]
        self.asked.append(f"{request.command} {path}")
        self.authorizations.append(request.headers.get("Authorization", ""))
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            self._about(
                request, "/".join(parts[2:4]), parts[5] if len(parts) > 5 else "main", with_body=with_body
            )
        elif len(parts) >= 5 and parts[2] == "resolve":
            self._file(request, "/".join(parts[:2]), parts[3], "/".join(parts[4:]), with_body=with_body)
        else:
            _send(request, 404, b"{}", with_body=with_body)

    def _about(self, request: BaseHTTPRequestHandler, name: str, revision: str, *, with_body: bool) -> None:
        repository = self.repositories.get(name)
        if repository is None:
            _send(request, 401, b'{"error": "no"}', {"X-Error-Code": "RepoNotFound"}, with_body=with_body)
            return
        if repository.status != 200:
            _send(request, repository.status, b"{}", with_body=with_body)
            return
        if revision not in repository.revisions:
            _send(request, 404, b"{}", {"X-Error-Code": "RevisionNotFound"}, with_body=with_body)
            return
        files = repository.revisions[revision]
        about = {
            "id": name,
            "modelId": name,
            "sha": repository.commit(revision),
            "gated": repository.gated,
            "siblings": [{"rfilename": file, "size": len(content)} for file, content in files.items()],
        }
        _send(
            request,
            200,
            json.dumps(about).encode(),
            {"Content-Type": "application/json"},
            with_body=with_body,
        )

    def _file(
        self, request: BaseHTTPRequestHandler, name: str, revision: str, file: str, *, with_body: bool
    ) -> None:
        repository = self.repositories[name]
        content = repository.revisions.get(revision, {}).get(file)
        if content is None:
            _send(request, 404, b"", {"X-Error-Code": "EntryNotFound"}, with_body=with_body)
            return
        if repository.gated and not request.headers.get("Authorization"):
            _send(request, 401, b"", {"X-Error-Code": "GatedRepo"}, with_body=with_body)
            return
        head = {
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            "X-Repo-Commit": repository.commit(revision),
        }
        if repository.elsewhere:
            linked = {"X-Linked-Size": str(len(content)), "X-Linked-ETag": head["ETag"]}
            _send(
                request, 302, b"", {**head, **linked, "Location": repository.elsewhere}, with_body=with_body
            )
            return
        _send(request, 200, content, head, with_body=with_body, half=repository.half)


def _send(
    request: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    head: Mapping[str, str] | None = None,
    *,
    with_body: bool,
    half: bool = False,
) -> None:
    request.send_response(status)
    for name, value in (head or {}).items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    if with_body:
        request.wfile.write(body[: len(body) // 2] if half else body)
    if half:
        request.close_connection = True
