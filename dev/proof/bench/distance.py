"""Servers on this machine that seem far away: a proxy that takes its time.

Clients reach them by their real names and through TLS, as they do in life.
"""

import asyncio
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dev.office.server import free_port

PIECE = 65536  # bytes read at once


class DistantProxy:
    """A proxy for HTTPS that delays all that passes. A context manager.

    What it is asked to connect with is served by ports of this machine.
    """

    def __init__(self, ports: dict[str, int], seconds: float):
        """Describe the proxy; entering it starts it.

        :param ports: host → the port that stands for it
        :param seconds: that everything takes, each way
        """
        self.port = free_port()
        self._ports = ports
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        self._writers: list[asyncio.StreamWriter] = []

    def __enter__(self) -> "DistantProxy":
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=[started], daemon=True)
        self._thread.start()
        started.wait()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, started: threading.Event) -> None:
        start = asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self._loop.run_until_complete(start)
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        """End the connections that clients keep open."""
        for writer in self._writers:
            writer.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)

    async def _serve(self, reader, writer) -> None:
        """Connect a client with the host that it names."""
        request = await reader.readuntil(b"\r\n\r\n")
        host = request.split()[1].decode().partition(":")[0]
        there = await asyncio.open_connection("127.0.0.1", self._ports[host])
        self._writers += [writer, there[1]]
        await asyncio.sleep(2 * self._seconds)  # there and back, to connect
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(
            self._pass_on(reader, there[1]), self._pass_on(there[0], writer)
        )

    async def _pass_on(self, reader, writer) -> None:
        """Pass on all that comes, each piece as late as the distance has it."""
        pieces: asyncio.Queue = asyncio.Queue()
        deliver = asyncio.create_task(self._deliver(pieces, writer))
        piece = b" "
        while piece:
            try:
                piece = await reader.read(PIECE)
            except OSError:
                piece = b""
            pieces.put_nowait((self._loop.time() + self._seconds, piece))
        await deliver

    async def _deliver(self, pieces: asyncio.Queue, writer) -> None:
        piece = b" "
        while piece:
            due, piece = await pieces.get()
            await asyncio.sleep(due - self._loop.time())
            writer.write(piece)
        writer.close()


def make_certificate(hosts: list[str], path: Path) -> ssl.SSLContext:
    """Make a certificate for hosts, and what serves with it.

    :param path: of the certificate's file, which clients have to trust; the key is in
        it as well
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bench")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
