#!/usr/bin/env bash
# Builds the WebAssembly kernels: kernels/build.sh [OUTPUT DIRECTORY]
# Needs clang and wasm-ld, 16 or later for relaxed SIMD (Debian 12: apt-get install clang-19 lld-19).
# Four modules: {simd, relaxed} × {memory of one thread, shared memory}.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/lib/tensor/kernels/wasm}
clang=${CLANG:-$(command -v clang-19 || command -v clang)}
link=${WASM_LD:-$(command -v wasm-ld-19 || command -v wasm-ld)}
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
mkdir -p "$out"
for kind in simd relaxed; do
  flags="-msimd128 -matomics -mbulk-memory -mmutable-globals -mnontrapping-fptoint"
  [ $kind = relaxed ] && flags="$flags -mrelaxed-simd"
  for source in "$here"/src/*.c; do
    # No jump or lookup tables: they would need a data segment (see src/fn.h).
    (cd "$here/src" && "$clang" --target=wasm32 -std=c17 -O3 $flags -ffreestanding -fno-jump-tables -fno-math-errno \
      -Wall -Wextra -Wno-unused-function -c "$(basename "$source")" -o "$objects/$(basename "$source" .c)-$kind.o")
  done
  common="--no-entry --strip-all --import-memory --export=__stack_pointer -z stack-size=65536"
  "$link" $common "$objects"/*-$kind.o -o "$out/fn-$kind.wasm"
  "$link" $common --shared-memory --max-memory=4294967296 "$objects"/*-$kind.o -o "$out/fn-$kind-shared.wasm"
done
ls -l "$out"/*.wasm
# The test of the artefacts asks for the same bytes from the same compiler.
[ $# -gt 0 ] || "$clang" --version | head -n 1 > "$here/COMPILER"
