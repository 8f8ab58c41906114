"""Unpacking: an answer that is not packed as it says, or that is cut off, is a refusal and no page.

Scrapy gives what it can of a packed answer that ends too early. Half a text would be told as a change.
"""

import zlib

import brotli  # type: ignore[import-untyped]
import zstandard
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.middlewares.refusals import CutOff, Mispacked

GZIP = 31
"""What zlib calls gzip with its header and its end."""
PIECE = 1_024
"""Bytes of zstd unpacked at once: at most 32 MB come of them."""


class WholeCompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's, with unpacking that takes no half answers."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        name = encoding.decode("ascii", "replace")
        try:
            unpacked, whole = _unpacked(body, name, max_size)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise Mispacked("", f"the answer is not packed as it says ({name})") from error
        if len(unpacked) > max_size:
            raise IgnoreRequest(f"{name}: more than {max_size} bytes")
        if not whole:
            raise CutOff("", f"the answer ends before it is whole ({name})")
        return unpacked


def _unpacked(body: bytes, name: str, most: int) -> tuple[bytes, bool]:
    """What comes of it, little more than `most` bytes, and whether its end was met."""
    if name == "br":
        brotli_stream = brotli.Decompressor()
        return brotli_stream.process(body, output_buffer_limit=most + 1), brotli_stream.is_finished()
    if name == "zstd":
        return _of_zstd(body, most)
    if name == "deflate":
        try:
            return _of_zlib(body, zlib.MAX_WBITS, most)
        except zlib.error:  # some servers leave the header out
            return _of_zlib(body, -zlib.MAX_WBITS, most)
    return _of_zlib(body, GZIP, most)


def _of_zlib(body: bytes, kind: int, most: int) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(kind)
    unpacked = stream.decompress(body, most + 1)
    while stream.eof and kind == GZIP and stream.unused_data.startswith(b"\x1f\x8b") and len(unpacked) <= most:
        body, stream = stream.unused_data, zlib.decompressobj(kind)  # one more part, as gzip allows
        unpacked += stream.decompress(body, most + 1)
    return unpacked, stream.eof


def _of_zstd(body: bytes, most: int) -> tuple[bytes, bool]:
    stream = zstandard.ZstdDecompressor().decompressobj()
    unpacked = bytearray()
    for start in range(0, len(body), PIECE):
        if stream.eof or len(unpacked) > most:
            break
        unpacked += stream.decompress(body[start : start + PIECE])
    return bytes(unpacked), stream.eof
