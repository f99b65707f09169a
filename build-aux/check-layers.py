#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the direction of dependency between the modules of src/ on their #include lines.

    check-layers.py [SOURCE_ROOT]      checks SOURCE_ROOT/src, prints FILE:LINE: what is wrong
    check-layers.py --self-test        shows that it sees what it should

MODULES is the table of ARCHITECTURE.md. An external header that LIBRARIES does not know is an
error too: a new dependency is entered here with the modules that may use it.
"""
import pathlib
import re
import sys
import tempfile

# What base stands on, the others stand on too.
BASE = {'glib', 'gio', 'json-glib'}
# module: (modules it may include, libraries it may include)
MODULES = {
    'base': (set(), BASE),
    'api': ({'base'}, BASE | {'libsoup'}),
    'webhook': ({'base'}, BASE | {'libsoup'}),
    'store': ({'base'}, BASE | {'sqlite3'}),
    'sandbox': ({'base'}, BASE | {'libsoup', 'sockets', 'sqlite3', 'libqrencode', 'libpng'}),
    'desk': ({'base', 'api', 'webhook', 'store'},
             BASE | {'gtk4', 'libadwaita', 'libqrencode', 'libpng', 'libsecret'}),
}
# (file below src/, what it alone may include besides)
EXCEPTIONS = {
    ('base/vrf-sqlite.c', 'sqlite3'), ('base/vrf-sqlite.h', 'sqlite3'),
    ('desk/core/vrf-backend.c', 'sandbox'), ('desk/vrf-announce.c', 'gmodule'),
}
LIBRARIES = [
    (r'glib(-object|-unix)?\.h|glib/.*|gobject/.*', 'glib'),
    (r'gio/.*', 'gio'),
    (r'arpa/inet\.h|netinet/.*|net/if\.h|ifaddrs\.h|sys/socket\.h', 'sockets'),
    (r'gmodule\.h', 'gmodule'),
    (r'json-glib/.*', 'json-glib'),
    (r'libsoup/.*', 'libsoup'),
    (r'sqlite3\.h', 'sqlite3'),
    (r'qrencode\.h', 'libqrencode'),
    (r'png\.h', 'libpng'),
    (r'(gtk|gdk|gsk)/.*|graphene(-gobject)?\.h|pango/.*|cairo.*\.h|gdk-pixbuf/.*', 'gtk4'),
    (r'adwaita\.h', 'libadwaita'),
    (r'libsecret/.*', 'libsecret'),
]
C_LIBRARY = {
    'assert', 'ctype', 'errno', 'fcntl', 'float', 'inttypes', 'limits', 'locale', 'malloc', 'math',
    'setjmp',
    'signal', 'stdalign', 'stdarg', 'stdbool', 'stddef', 'stdint', 'stdio', 'stdlib', 'string',
    'time', 'unistd', 'sys/random', 'sys/resource', 'sys/stat', 'sys/time', 'sys/types',
    'sys/file',
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def library_of(header):
    for pattern, library in LIBRARIES:
        if re.fullmatch(pattern, header):
            return library
    return None


def check_include(path, module, quote, header):
    """What is wrong with one #include of a file, or None."""
    modules, libraries = MODULES[module]
    if quote == '"':
        if header == 'config.h':
            return None
        target = header.split('/')[0]
        if '/' not in header or target not in MODULES:
            return f'"{header}" is not written relative to src/'
        if target == module or target in modules or (path, target) in EXCEPTIONS:
            return None
        return f'{module} may not include {target} ({header})'
    if header.removesuffix('.h') in C_LIBRARY:
        return None
    library = library_of(header)
    if library is None:
        return f'<{header}> belongs to no library of the table'
    if library in libraries or (path, library) in EXCEPTIONS:
        return None
    return f'{module} may not use {library} (<{header}>)'


def check(root):
    problems = []
    src = pathlib.Path(root) / 'src'
    for file in sorted([*src.rglob('*.c'), *src.rglob('*.h')]):
        path = file.relative_to(src).as_posix()
        module = path.split('/')[0]
        if module not in MODULES:
            problems.append(f'src/{path}:1: no module of the table')
            continue
        for number, line in enumerate(file.read_text(encoding='utf-8').splitlines(), 1):
            match = INCLUDE.match(line)
            problem = match and check_include(path, module, *match.groups())
            if problem:
                problems.append(f'src/{path}:{number}: {problem}')
    return problems


SELF_TEST = [
    # path below src/, include, is it wrong
    ('base/vrf-json.c', '<json-glib/json-glib.h>', False),
    ('base/vrf-json.c', '<string.h>', False),
    ('base/vrf-json.c', '"config.h"', False),
    ('base/vrf-json.c', '<sqlite3.h>', True),
    ('base/vrf-sqlite.c', '<sqlite3.h>', False),
    ('base/vrf-time.c', '"api/vrf-session.h"', True),
    ('base/vrf-time.c', '<libsoup/soup.h>', True),
    ('base/vrf-time.c', '<sys/socket.h>', True),
    ('api/vrf-session.c', '"base/vrf-json.h"', False),
    ('api/vrf-session.c', '"vrf-session.h"', True),
    ('api/vrf-session.c', '<gtk/gtk.h>', True),
    ('store/vrf-index.c', '<sqlite3.h>', False),
    ('sandbox/vrf-engine.c', '"api/vrf-session.h"', True),
    ('sandbox/vrf-server.c', '<netinet/tcp.h>', False),
    ('sandbox/vrf-engine.c', '<gdk-pixbuf/gdk-pixbuf.h>', True),
    ('sandbox/handlers/vrf-session.c', '"sandbox/vrf-engine.h"', False),
    ('desk/vrf-window.c', '"sandbox/vrf-sandbox.h"', True),
    ('desk/core/vrf-backend.c', '"sandbox/vrf-sandbox.h"', False),
    ('desk/vrf-window.c', '<adwaita.h>', False),
    ('desk/vrf-window.c', '<curl/curl.h>', True),
    ('extra/vrf-thing.c', '<glib.h>', True),
]


def self_test():
    wrong = []
    for path, include, bad in SELF_TEST:
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root) / 'src' / path
            file.parent.mkdir(parents=True)
            file.write_text(f'#include {include}\n', encoding='utf-8')
            if bool(check(root)) != bad:
                wrong.append(f'{path} with {include}: should be {"refused" if bad else "accepted"}')
    return wrong


def main():
    if sys.argv[1:] == ['--self-test']:
        problems = self_test()
    else:
        root = sys.argv[1] if sys.argv[1:] else pathlib.Path(__file__).resolve().parent.parent
        problems = check(root)
    print('\n'.join(problems))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
