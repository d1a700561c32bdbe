import type { Word } from '../../kernel/words.ts';

/** What this room announces. */
export const supervisionFactWords: readonly Word[] = [
  { id: 'listing.proposed', zh: '已提请挂牌', of: 'fact', means: '对一条重大隐患提请挂牌。' },
  { id: 'listing.approved', zh: '挂牌已批准', of: 'fact', means: '提请获得批准。' },
  { id: 'listing.refused', zh: '挂牌未批准', of: 'fact', means: '提请没有获得批准。' },
  { id: 'listing.retracted', zh: '提请已撤回', of: 'fact', means: '提请单位撤回。' },
  { id: 'listing.issued', zh: '已挂牌', of: 'fact', means: '通知书已印发，公告已发布。' },
  { id: 'listing.planFiled', zh: '整改方案已报送', of: 'fact', means: '责任单位报送整改方案。' },
  { id: 'listing.planRecorded', zh: '整改方案已备案', of: 'fact', means: '整改方案予以备案。' },
  { id: 'listing.planReturned', zh: '整改方案已退回', of: 'fact', means: '整改方案退回重报。' },
  { id: 'listing.reported', zh: '挂牌整改进展已填报', of: 'fact', means: '填报了一次进展。' },
  { id: 'listing.applied', zh: '已申请验收', of: 'fact', means: '责任单位申请现场验收。' },
  { id: 'listing.accepted', zh: '现场验收已通过', of: 'fact', means: '现场验收通过。' },
  { id: 'listing.failed', zh: '现场验收未通过', of: 'fact', means: '现场验收不通过，重新整改。' },
  { id: 'listing.escalated', zh: '已升级督办', of: 'fact', means: '提级、发函或提出处理建议。' },
  { id: 'listing.delisted', zh: '挂牌已解除', of: 'fact', means: '已摘牌并公告。' },
  { id: 'listing.revoked', zh: '挂牌已撤销', of: 'fact', means: '挂牌撤销。' },
  { id: 'listingRule.made', zh: '应挂牌规则已新增', of: 'fact', means: '新增一条规则。' },
  { id: 'listingRule.ended', zh: '应挂牌规则已停用', of: 'fact', means: '停用一条规则。' },
];
