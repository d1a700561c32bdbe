import type { Word } from '../../kernel/words.ts';

export const wallWords: readonly Word[] = [
  {
    id: 'wall',
    zh: '挂图',
    of: 'thing',
    means: 'All figures of a day in one view: who is late, since when, why, who is next.',
    from: '挂图作战、对表推进',
    not: ['dashboard', 'cockpit'],
  },
  { id: 'board', zh: '作战图', of: 'thing', means: 'The wall on an office screen, where each figure opens its list.' },
  {
    id: 'officeDay',
    zh: '今日',
    of: 'thing',
    means: 'The office’s day on one page: due, proposed, waiting, missing, changed, on duty.',
  },
  { id: 'wallScreen', zh: '大屏', of: 'thing', means: 'The wall on a 1920×1080 screen that refreshes itself.' },
  { id: 'sheet', zh: '挂图打印件', of: 'thing', means: 'The wall on one A3 page.' },
  { id: 'mapApproval', zh: '审图号', of: 'thing', means: 'Approval number of a published map.', from: '地图管理条例' },
  { id: 'wall.read', zh: '查看挂图', of: 'permission', means: 'See the wall within one’s scope.' },
  { id: 'wall.map', zh: '更换挂图底图', of: 'permission', means: 'Import the map under the wall.' },
  { id: 'wallMap.changed', zh: '更换底图', of: 'fact', means: 'Another map was imported.' },
];
