import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|tsx|css)$/.test(path) && !path.endsWith('schema.d.ts'));

const sources = files.filter((path) => !path.endsWith('.css'));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const importsOf = (path: string) =>
  [...read(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target]) => target ?? '');

/** The floor a file stands on: `lib`, `components`, `features/board`, `app`. */
function floorOf(path: string): string {
  const [top = '', room = ''] = path.split('/');
  return top === 'features' ? `${top}/${room}` : top;
}

/** Which floors a floor may stand on. */
function allowed(floor: string): readonly string[] {
  if (floor === 'lib') return ['lib'];
  if (floor === 'components') return ['lib', 'components'];
  return ['lib', 'components', floor];
}

it('features never import each other, and nothing imports upwards', () => {
  const wrong = sources.flatMap((path) => {
    const floor = floorOf(path);
    if (floor === 'app') return [];
    return importsOf(path)
      .filter((target) => target.startsWith('@/'))
      .map((target) => floorOf(target.slice(2)))
      .filter((target) => !allowed(floor).includes(target))
      .map((target) => `${path} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

it('relative imports stay inside their own floor', () => {
  const wrong = sources.flatMap((path) =>
    importsOf(path)
      .filter((target) => target.startsWith('.'))
      .map((target) => join(path, '..', target))
      .filter((target) => floorOf(target) !== floorOf(path))
      .map((target) => `${path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

/** A file past this cap has more than one subject. */
const CAP = 250;
const LONGER = new Set(['features/settings/settings.module.css']);

it('no file is longer than its cap', () => {
  const long = files.filter(
    (path) => read(path).trimEnd().split('\n').length > CAP && !LONGER.has(path),
  );
  expect(long).toEqual([]);
});
