//! What the linker has to be told for Windows, and what stands in the program's file there: icon, version, manifest.
//!
//! For Linux with glibc, how memory goes back to the system (src/heap.c). **For any other system nothing but what reads
//! codes**, whose versions the window tells.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=TILLBACK_DECODER={}", decoder());
    let is = |what: &str, name: &str| env::var(what).as_deref() == Ok(name);
    let is_gnu = is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_gnu && is("CARGO_CFG_TARGET_OS", "linux") {
        link_heap();
    }
    if !is("CARGO_CFG_TARGET_OS", "windows") {
        return;
    }
    if is_gnu {
        link_gnu();
    }
    if let Err(error) = resources() {
        println!("cargo::error=icon and manifest can't be compiled: {error}");
    }
}

/// What reads codes, with the versions that were locked, for the page "About".
fn decoder() -> String {
    let lock = std::fs::read_to_string("Cargo.lock").unwrap_or_default();
    let version = |name: &str| {
        let begins = format!("name = \"{name}\"\nversion = \"");
        let rest = lock.split(&begins).nth(1).unwrap_or_default();
        format!("{name} {}", rest.split('"').next().unwrap_or_default())
    };
    format!("{}, {}", version("zxing-cpp"), version("rqrr"))
}

/// The object itself: nothing calls it, so that the linker would leave it out of a library.
fn link_heap() {
    println!("cargo::rerun-if-changed=src/heap.c");
    match cc::Build::new().file("src/heap.c").try_compile_intermediates() {
        Ok(objects) => objects.iter().for_each(|object| println!("cargo::rustc-link-arg-bins={}", object.display())),
        Err(error) => println!("cargo::error=src/heap.c can't be compiled: {error}"),
    }
}

/// MinGW: the runtime of zxing-cpp's C++, which its own build script leaves out, goes into the file, so that no library
/// has to lie beside it; and no time of day, so that the same source gives the same file.
fn link_gnu() {
    // In this order: a static library is searched for what those before it miss.
    let runtime = [
        "-Wl,-Bstatic",
        "-lstdc++",
        "-lwinpthread",
        "-Wl,-Bdynamic",
        "-lmingwex",
        "-lmingw32",
        "-lgcc",
        "-lgcc_eh",
        "-lmsvcrt",
        "-lkernel32",
    ];
    for argument in runtime.into_iter().chain(["-Wl,--no-insert-timestamp"]) {
        println!("cargo::rustc-link-arg={argument}");
    }
}

fn resources() -> std::io::Result<()> {
    for file in ["assets/icon.ico", "packaging/windows/tillback.manifest"] {
        println!("cargo::rerun-if-changed={file}");
    }
    winresource::WindowsResource::new()
        .set_icon("assets/icon.ico")
        .set_manifest_file("packaging/windows/tillback.manifest")
        .set("ProductName", "Tillback")
        .set("FileDescription", "Tillback refund terminal")
        .compile_for("tillback")
}
