# What the scripts share. Sourced by bash from the root of the repository, never run by itself.

PYTHON=.venv/bin/python
export PATH HOME="${HOME:-$(cd ~ && pwd)}" # may be missing under cron and in containers

say() { printf '\n== %s\n' "$*"; }
note() { printf '%s\n' "$*" >&2; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND…: runs it as root, directly or by sudo; fails where neither is possible.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo && (: </dev/tty) 2>/dev/null; then
        sudo "$@"
    elif has sudo; then
        sudo -n "$@" # nobody is there to type a password
    else
        return 1
    fi
}

# apt_install WHY PACKAGE…: installs Debian packages, and says which and what for.
apt_install() {
    local why=$1 log
    shift
    has apt-get || die "Missing: $* ($why). They are named as in Debian; install them by hand here."
    say "Installing from Debian ($why): $*"
    log=$(mktemp)
    # A list that cannot be fetched may not matter; a package that cannot be installed does.
    as_root apt-get -o DPkg::Lock::Timeout=300 update </dev/null >"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y \
        --no-install-recommends "$@" </dev/null >>"$log" 2>&1 || {
        tail -30 "$log" >&2
        die "Could not install $*. As root: apt-get install --no-install-recommends $*"
    }
    rm -f "$log"
}

# debian_lacks PACKAGE…: prints those that are not installed; nothing where dpkg is not there.
debian_lacks() {
    local package
    has dpkg-query || return 0
    for package in "$@"; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q ' installed$' || printf '%s ' "$package"
    done
}

# checksum FILE…: one SHA-256 over them all.
checksum() { cat "$@" | if has sha256sum; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1; }
