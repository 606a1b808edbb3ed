// Writes the size and sha256 of every bundled model file, and its measured quality, into models/catalogue.json. Run after
// changing weights.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const models = join(dirname(fileURLToPath(import.meta.url)), '..', 'models');
const file = join(models, 'catalogue.json');
const catalogue = JSON.parse(readFileSync(file, 'utf8'));

/** What a recipe measured: shown, but not needed to run. */
const measured = new Set(['evaluation.json', 'quality.json']);

for (const card of catalogue.models) {
  const folder = join(models, card.id);
  card.files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|onnx|txt)$/.test(entry.name) && !measured.has(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { path: relative(folder, path), sha256, size: bytes.length };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const graph = card.files.find((each) => each.path === card.graph);
  const quality = join(folder, 'quality.json');
  // Without the file, an evaluation of ours wrote it, and it stays.
  card.quality = existsSync(quality) ? JSON.parse(readFileSync(quality, 'utf8')) : (card.quality ?? []);
  // The revision is the content: the same graph always has the same name.
  card.revision = graph ? graph.sha256.slice(0, 12) : card.revision;
}
writeFileSync(file, `${JSON.stringify(catalogue, null, 2)}\n`);
console.log(
  catalogue.models.map((card) => `${card.id} ${card.revision} ${card.files.length} files`).join('\n'),
);
