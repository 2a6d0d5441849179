/** Rules of this project that oxlint does not have. */

/**
 * The library takes time, chance and fresh ids from its Clock alone, so that a test can drive all three. What reads them
 * from the machine is an error everywhere else.
 */
const ADVICE = 'Take it from the Clock (lib/core/clock.ts), so that tests can drive it.';

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);

const RANDOM = ['randomUUID', 'randomBytes', 'randomInt', 'randomFillSync', 'getRandomValues'];

const MEMBERS = new Map([
  ['Date', new Set(['now'])],
  ['Math', new Set(['random'])],
  ['crypto', new Set(RANDOM)],
  ['globalThis', TIMERS],
  ['performance', new Set(['now', 'timeOrigin', 'mark', 'measure'])],
  ['process', new Set(['hrtime', 'uptime'])],
]);

const MODULES = new Set(['timers', 'timers/promises', 'perf_hooks']);

const isName = (node, name) => node?.type === 'Identifier' && node.name === name;

const noAmbientTime = {
  meta: { type: 'problem' },
  create(context) {
    const report = (node, what) =>
      context.report({ node, message: `${what} asks the machine. ${ADVICE}` });
    return {
      CallExpression({ callee }) {
        if (isName(callee, 'Date')) report(callee, 'Date()');
        if (callee.type === 'Identifier' && TIMERS.has(callee.name)) report(callee, callee.name);
      },
      NewExpression(node) {
        if (isName(node.callee, 'Date') && node.arguments.length === 0) {
          report(node, 'new Date()');
        }
      },
      MemberExpression(node) {
        if (node.object.type !== 'Identifier') return;
        const { name } = node.object;
        const property = node.computed ? node.property.value : node.property.name;
        if (MEMBERS.get(name)?.has(property)) report(node, `${name}.${property}`);
      },
      ImportDeclaration(node) {
        const module = node.source.value.replace(/^node:/, '');
        if (MODULES.has(module)) report(node, node.source.value);
        if (module !== 'crypto') return;
        for (const specifier of node.specifiers) {
          const name = specifier.imported?.name;
          if (RANDOM.includes(name)) report(specifier, name);
        }
      },
    };
  },
};

/** dependency-cruiser does not see these two ways to import, so the import rule would not hold for them. */
const noHiddenImport = {
  meta: { type: 'problem' },
  create(context) {
    return {
      TSImportType: (node) =>
        context.report({ node, message: 'Write `import type { … } from` at the top of the file.' }),
      TSImportEqualsDeclaration: (node) =>
        context.report({
          node,
          message: 'Write `import … from` instead of `import … = require()`.',
        }),
    };
  },
};

// oxlint asks for a default export.
export default {
  meta: { name: 'house' },
  rules: { 'no-ambient-time': noAmbientTime, 'no-hidden-import': noHiddenImport },
};
