import type { Word } from '../../kernel/words.ts';

/** The words that this room owns. */
export const exchangeWords: readonly Word[] = [
  { id: 'webhook', zh: '消息推送', of: 'thing', means: '别的系统的一个地址，问题有变化时告诉它。', not: ['callback'] },
  { id: 'delivery', zh: '推送', of: 'thing', means: '把一次变化发给一个地址，直到对方收下。' },
  { id: 'waiting', zh: '待发', of: 'state', means: '还没有送达，会再试。' },
  { id: 'delivered', zh: '已送达', of: 'state', means: '对方以 2xx 答复。' },
  { id: 'failed', zh: '未送达', of: 'state', means: '试过规定的次数仍没有送达，不再自动重试。' },
  { id: 'outside', zh: '不在范围', of: 'state', means: '这条问题不在这个地址可以知道的范围内，没有发送。' },
  { id: 'webhook.read', zh: '查看消息推送', of: 'permission', means: '查看推送的地址、范围和送达情况。' },
  { id: 'webhook.change', zh: '管理消息推送', of: 'permission', means: '建立、停用消息推送，重新发送。' },
  { id: 'webhook.created', zh: '消息推送建立', of: 'fact', means: '建立了一个消息推送。' },
  { id: 'webhook.disabled', zh: '消息推送停用', of: 'fact', means: '不再向这个地址推送。' },
];
