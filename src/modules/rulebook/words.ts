import type { Word } from '../../kernel/words.ts';

export const rulebookWords: readonly Word[] = [
  {
    id: 'rulebook',
    zh: '规则与样式',
    of: 'thing',
    means:
      '一个地方与别处不同的全部规定：报送制度、通报种类、督促规则、会议要求、重点时段、发文机关、办理参数，写在一个表格里。',
    not: ['config', 'preset'],
  },
  { id: 'rulebook.read', zh: '导出规则与样式', of: 'permission', means: '把现行的规定导出为表格。' },
  { id: 'rulebook.change', zh: '导入规则与样式', of: 'permission', means: '核对表格，写入新的规定。' },
];
