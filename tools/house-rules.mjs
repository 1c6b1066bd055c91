// What no linter of ours can say: each line is a rule of the house and where it does not hold.
import { readFileSync } from 'node:fs';
import { filesUnder } from './files.mjs';

const product = (path) => /^(?:apps|libs|migrations)\//.test(path) && !path.endsWith('.spec.ts');

const rules = [
  {
    says: 'process.env is read in libs/platform/src/environment.ts only',
    breaks: /\bprocess\.env\b/,
    holds: (path) => product(path) && path !== 'libs/platform/src/environment.ts',
  },
  {
    says: 'libraries are imported as #libs/<name>, never by a path',
    breaks: /from '(?:\.\.\/)+libs\//,
    holds: (path) => /^(?:apps|libs|tools|bench)\//.test(path),
  },
  {
    says: 'a type is never forced with `as unknown as`',
    breaks: /\bas unknown as\b/,
    holds: product,
  },
  {
    says: 'the moment comes from the Clock, or as an argument',
    breaks: /\bDate\.now\(\)|\bnew Date\(\)|\bTemporal\.Now\b/,
    holds: (path) => product(path) && !/^libs\/platform\/src\/clock\.ts$/.test(path) && !path.includes('/browser/'),
  },
  {
    says: 'only apps/worker uses a transport of notifications',
    breaks: /import .*\b\w+Transport\b.* from '#libs\/notifications'/,
    holds: (path) => /^apps\/(?!worker\/)/.test(path),
  },
  {
    says: 'a file has fewer than 300 lines',
    breaks: (text) => text.split('\n').length > 301,
    holds: (path) => product(path) || path.startsWith('tools/'),
  },
  {
    says: 'Manager, Helper, Util and Impl name nothing',
    breaks: /\bclass \w*(?:Manager|Helper|Utils?|Impl)\b/,
    holds: product,
  },
];

export function checkHouseRules(root) {
  const broken = [];
  for (const path of filesUnder(root, ['apps', 'libs', 'migrations', 'test', 'tools', 'bench'], /\.(?:ts|mjs)$/)) {
    const text = readFileSync(`${root}/${path}`, 'utf8');
    for (const rule of rules.filter((each) => each.holds(path))) {
      if (typeof rule.breaks === 'function') {
        if (rule.breaks(text)) broken.push(`${path}: ${rule.says}`);
        continue;
      }
      const line = text.split('\n').findIndex((each) => rule.breaks.test(each) && !/^\s*(?:\/\/|\*)/.test(each));
      if (line >= 0) broken.push(`${path}:${line + 1}: ${rule.says}`);
    }
  }
  return broken;
}
