// The walls of the house, made from the floors in src/modules.ts. `npm run walls` runs them; checks/walls.test.ts plants
// violations and expects each to be caught.
import { register } from 'tsx/esm/api';

register();
const { floors } = await import('./src/modules.ts');

const inRoom = (room) => `^src/modules/${room}/`;
const forbidden = [
  {
    name: 'no-circle',
    comment: 'A circle of files cannot be read from top to bottom; type imports count.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved',
    comment: 'An import that leads nowhere.',
    severity: 'error',
    from: { path: '^(src|bin)' },
    to: { couldNotResolve: true, pathNot: '^(virtual:|\\.css$)' },
  },
  {
    name: 'rules-stay-pure',
    comment: 'Rules at the top of a room know no platform, no server, no page and nothing of Node.',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/[^/]+\\.ts$', pathNot: '\\.test\\.ts$' },
    to: { path: '^src/platform/|^src/modules/[^/]+/(server|pages)/|^node:', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'rules-know-no-node',
    severity: 'error',
    from: { path: '^src/(kernel|modules/[^/]+/[^/]+\\.ts$)', pathNot: '\\.test\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pages-know-no-server',
    comment: 'Pages run in the browser.',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/pages/|^src/platform/web/' },
    to: {
      path: '/server/|^src/platform/(db|http|documents|facts|files/(store|check|routes)|jobs/(?!api\\.ts))|^src/platform/(act|perform|testing)',
    },
  },
  {
    name: 'pages-know-no-node',
    severity: 'error',
    from: { path: '^src/modules/[^/]+/pages/|^src/platform/web/', pathNot: '\\.test\\.tsx?$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'field-stays-small',
    comment:
      'The page for phones is a bundle of its own: contracts as types, kernel, and the few pure files of the platform named here. No component library, no office page, no server.',
    severity: 'error',
    from: { path: '^src/field/', pathNot: '\\.test\\.ts$' },
    to: {
      pathNot:
        '^src/field/|^src/kernel/|^src/modules/[^/]+/[^/]+\\.ts$|^src/platform/files/(api|exif|picture)\\.ts$|^src/platform/web/key\\.ts$',
    },
  },
  {
    name: 'nothing-knows-field',
    comment: 'It is opened by the browser and by nobody else.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/field/' },
    to: { path: '^src/field/' },
  },
  {
    name: 'ground-knows-no-room',
    comment: 'Kernel and platform have no business.',
    severity: 'error',
    from: { path: '^src/(kernel|platform)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^src/(modules|app)/' },
  },
  {
    name: 'rooms-know-no-app',
    severity: 'error',
    from: { path: '^src/modules/' },
    to: { path: '^src/app/' },
  },
  {
    name: 'kernel-knows-no-platform',
    severity: 'error',
    from: { path: '^src/kernel/' },
    to: { path: '^src/platform/' },
  },
  {
    name: 'door',
    comment: "Another room's server is entered through its door.",
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^src/modules/[^/]+/server/', pathNot: ['^src/modules/$1/', '/server/door\\.ts$'] },
  },
  {
    name: 'app-door',
    comment: 'The app opens the rooms: their doors, routes and rules, nothing behind.',
    severity: 'error',
    from: { path: '^src/app/', pathNot: '\\.test\\.ts$' },
    to: { path: '^src/modules/[^/]+/server/', pathNot: '/server/(door|routes)\\.ts$' },
  },
  {
    name: 'own-door',
    comment: 'The door is for other rooms.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/', pathNot: '/server/routes\\.ts$|\\.test\\.ts$' },
    to: { path: '^src/modules/$1/server/door\\.ts$' },
  },
  ...floors.map(({ floor, room }) => ({
    name: `floor-of-${room}`,
    comment: 'Calls go down: no room on the same floor or above.',
    severity: 'error',
    from: { path: inRoom(room) },
    to: {
      path: floors.filter((other) => other.floor >= floor && other.room !== room).map((other) => inRoom(other.room)),
    },
  })),
].filter((rule) => !(rule.to.path && rule.to.path.length === 0));

export default {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|var|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
