import type { Word } from '../../kernel/words.ts';

/** The words of this room: 公文, its templates and its letterhead. */
export const lettersWords: readonly Word[] = [
  {
    id: 'issuedDocument',
    zh: '公文',
    of: 'thing',
    means: '印发的通知书、公告、意见书、函，有文号，按留存的数据可以重新生成。',
  },
  {
    id: 'documentTemplate',
    zh: '公文模板',
    of: 'thing',
    means: '带空的 .docx 文件，空里填什么由系统规定，版式由人定。',
  },
  { id: 'letterhead', zh: '发文机关资料', of: 'thing', means: '红头、发文机关、发文代字、印发机关。' },
  { id: 'documentForm', zh: '公文种类', of: 'thing', means: '一种公文：名称、要填的空、编号用的代字。' },
  { id: 'letter.read', zh: '查看公文', of: 'permission', means: '看得见事项的人可以下载它的公文。' },
  {
    id: 'letter.templates',
    zh: '维护公文模板和发文机关资料',
    of: 'permission',
    means: '换用公文模板，填写红头和发文代字。',
  },
  { id: 'document.issued', zh: '公文已印发', of: 'fact', means: '一份公文编号印发。' },
  { id: 'template.put', zh: '公文模板已换用', of: 'fact', means: '换用了自己的模板。' },
  { id: 'template.withdrawn', zh: '公文模板已改回', of: 'fact', means: '改回自带的模板。' },
];
