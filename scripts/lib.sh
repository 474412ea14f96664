# shellcheck shell=bash disable=SC2034 # the lists are used by those that source this
# What ./scripts/demo and ./scripts/test have in common: words, system packages, Rust. Sourced, never run.

# The one list of system packages, by Debian's names (Debian 12; the same on 13 and Ubuntu 24.04).
build_packages=(
    gcc g++ make libc6-dev # SQLite, TLS and the decoder are C and C++
    cmake                  # zxing-cpp's build
    pkg-config             # finds what is installed
    libclang-dev           # bindgen, for the camera's Video4Linux headers; any version will do
)
# The window opens these at run time; a missing one is a window that does not open.
run_packages=(libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libgl1-mesa-dri)

say() { printf '\n==> %s\n' "$*" >&2; }

# fail WHAT WAY_OUT...: what is wrong in a sentence, then what to do, a line each.
fail() {
    printf '\nerror: %s\n' "$1" >&2
    shift
    printf '       %s\n' "$@" >&2
    exit 1
}

# Is the package there? Tools count by their command, wherever they come from.
have_package() {
    local states
    case $1 in
    gcc | g++ | make | cmake | pkg-config)
        command -v "$1" >/dev/null
        return
        ;;
    libclang-dev) states=$(dpkg-query -W -f '${db:Status-Status}\n' 'libclang-dev' 'libclang-[0-9]*-dev' 2>/dev/null || true) ;;
    *) states=$(dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null || true) ;;
    esac
    grep -qx installed <<<"$states"
}

# need_packages NAME...: installs what is missing, and only that.
need_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "System packages: this is not Debian or Ubuntu, so they are not checked. What is needed, by Debian's names:"
        printf '    %s\n' "$*" >&2
        return 0
    fi
    local package missing=()
    for package in "$@"; do
        have_package "$package" || missing+=("$package")
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        say "System packages: all there."
        return 0
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "System packages are missing, and only root may install them: ${missing[*]}" \
            "As root, run:  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" \
            "then start this script again."
        as_root=(sudo)
    fi
    say "System packages: installing ${missing[*]}"
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
    "${as_root[@]}" apt-get update >&2 || say "The lists of packages could not be renewed; trying with those that are there."
    "${install[@]}" >&2 || fail "System packages could not be installed: ${missing[*]}" \
        "apt-get says why above; often it is the network or a full disk. Once that is mended, run:" \
        "    ${install[*]}" "and start this script again."
}

# cargo and rustc, new enough; Cargo.toml says what that is.
need_rust() {
    local wanted version
    wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
    [ -z "${HOME:-}" ] || PATH="$PATH:$HOME/.cargo/bin"
    if ! command -v cargo >/dev/null || ! command -v rustc >/dev/null; then
        fail "Rust is not installed, or not on the PATH." \
            "Install it from https://rustup.rs, open a new terminal, and start this script again." \
            "(Debian's own package is too old: Rust $wanted or newer is needed.)"
    fi
    version=$(rustc --version | cut -d ' ' -f 2)
    if [ "$(printf '%s\n' "$wanted" "$version" | sort -V | head -n 1)" != "$wanted" ]; then
        fail "Rust $wanted or newer is needed; rustc on the PATH is $version." \
            "With rustup:  rustup update stable && rustup default stable" \
            "Without it:   install Rust from https://rustup.rs and open a new terminal."
    fi
    say "Rust $version."
}

# need_components NAME...: cargo's fmt and clippy, which a minimal Rust lacks.
need_components() {
    local component
    for component in "$@"; do
        cargo "$component" --version >/dev/null 2>&1 ||
            fail "cargo $component is missing." "With rustup:  rustup component add rustfmt clippy"
    done
}

# Downloads the libraries, for this machine's kind alone, so that a broken network is named before the building begins.
fetch_libraries() {
    local host
    host=$(rustc -vV | sed -n 's/^host: //p')
    say "Fetching the libraries that are not here yet."
    cargo fetch --locked --target "$host" || fail "The libraries could not be fetched." \
        "If cargo names the network above: check it and start this script again; what has arrived is kept." \
        "If it says that the lock file needs to be updated: Cargo.toml and Cargo.lock disagree; run cargo update --workspace."
}

# leave_paths_out: sets RUSTFLAGS, CFLAGS, CXXFLAGS, and $target. No path of this machine stands in a program that is
# packed: cargo names our own sources from the root of the folder on, so that only where libraries lie, and what their
# build scripts wrote, has to be left out. The folder itself is not named: two checkouts that share a target folder build
# nothing twice.
leave_paths_out() {
    local cargo_home=${CARGO_HOME:-${HOME:-/root}/.cargo}
    target=$(cargo metadata --format-version 1 --no-deps --offline | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
    export RUSTFLAGS="--remap-path-prefix=$target=target --remap-path-prefix=$cargo_home=cargo ${RUSTFLAGS:-}"
    export CFLAGS="-ffile-prefix-map=$cargo_home=cargo ${CFLAGS:-}"
    export CXXFLAGS="-ffile-prefix-map=$cargo_home=cargo ${CXXFLAGS:-}"
}
