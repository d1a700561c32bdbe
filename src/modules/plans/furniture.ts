import { day } from './calendar.ts';
import { readNumber } from './numerals.ts';

/** What the card of a web page says about the document on it. */
export interface PageCard {
  number: string | null;
  issuer: string | null;
  issuedOn: string | null;
}

const labels =
  '信息索引号|索引号|分类|发布机构|发文机关|发文机构|制定机关|颁布部门|颁发部门|发文字号|文件编号|文件号|成文日期|发文日期|印发日期|生成日期|生成时间|制发日期|公开日期|公开发布日期|发布日期|发布时间|颁布日期|颁发时间|实施时间|实施日期|生效日期|废止日期|公开方式|公开目录|公文目录|公开类型|公开时限|公开范围|公开属性|主题分类|信息分类|信息类别|体裁分类|组配分类|应用分类|服务对象|主题词|关键词|信息来源|信息名称|文件类型|文件名称|公文种类|浏览次数|点击数|点击量|访问次数|阅读次数|有效性|效力状况|效力属性|效力等级|法律效力|时效性|时效|内容概览|内容概述|统一编号|统一登记号|所属单位|所属主题|责任部门|责任编辑|更新时间|是否有效|文号|标题|名称';
const labelled = new RegExp(`^[•·|〔]*(?:${labels})(?:〕|：|\\|)`);
const inside = new RegExp(`(?:${labels})(?:〕|：|\\|)`);
const atHead =
  /^[•·|〔]*(?:信息)?(?:索引号|发布机构|发文机关|发文字号|成文日期|公开方式|公开目录|主题分类|信息分类|体裁分类)/;
const bareLabel = new RegExp(`^[•·|〔]*(?:${labels})(?:〕|：|\\|)*$`);
const byline = /^(?:来源|作者|编辑|字体|字号|点击|浏览|阅读|发布者|发布人|撰稿)：/;
const places =
  /首页|当前(?:所在)?位置|所在位置|您(?:现在)?的位置|网站地图|无障碍|长者(?:模式|版)|适老|设为首页|加入收藏|全文检索|站群导航|扫一扫|二维码|分享[到至：]|点击查看|原文链接|附件下载|主办单位：.*承办|网站标识码|ICP备|公网安备|技术支持|打印本页|关闭窗口|上一[篇条]：|下一[篇条]：|责任编辑|浏览次数|点击数|我要(?:打印|纠错)|欢迎(?:访问|来到|您)|版权(?:所有|归)|政务微信|\d{4}[—/.]\d{1,2}[—/.]\d{1,2}.{0,9}(?:点击|浏览|来源|阅读|访问)/;
const words =
  /^(?:(?:政府|政务|部门|重点领域|法定主动)?(?:信息|政务)公开(?:目录|指南|平台|内容|信息)?|(?:业务|政策|部门|政府|其他|行政)?(?:规范性)?文件(?:库)?|通知公告|公告公示|公示公告|公示|政策法规|法规首页|返回|收藏|打印|关闭|下载(?:法规|附件)?|手机版|繁体|简体|简[/|]繁体|条款摘要|字[小大][—+]|字体.{0,8}|登录|注册|正文|今天：|朗读|分享：|[|/>»•]+)$/;
const reading = /^(?:政策|文字|图文|图片|视频|一图)(?:解读|读懂)[：:]|政策解读$/;

/** True for a line that belongs to the web page around a document: its card, its paths, its buttons. */
export function isFurniture(line: string): boolean {
  const bare = line.replace(/^[•·]+/, '');
  if (labelled.test(line) || byline.test(bare) || words.test(bare)) return true;
  if (line.length > 400 || (/[。；]$/.test(line) && line.length > 60)) return false;
  if (atHead.test(line) && line.length <= 200) return true;
  if (reading.test(bare) && line.length <= 90) return true;
  if ((line.match(new RegExp(inside, 'g')) ?? []).length >= 2) return true;
  return line.length <= 160 && places.test(line) && !/^关于/.test(line);
}

/** True for a line that is nothing but the label of a card, its value on the next line. */
export const isBareLabel = (line: string): boolean => bareLabel.test(line) && line.length <= 12;

const number = /(?:发文字号|文件编号|文件号|文号)(?:〕|：|\|)*([一-龥]{2,14}〔\d{4}〕第?\d{1,4}号)/;
const issuer = new RegExp(
  `(?:发布机构|发文机关|发文机构|制定机关|颁布部门|颁发部门)(?:〕|：|\\|)+([一-龥（）]{2,30}?)(?=$|\\||〔|，|(?:${labels}))`,
);
const issued =
  /(?:成文日期|发文日期|印发日期|制发日期|生成日期|颁布日期)(?:〕|：|\|)*(\d{4})[—年./](\d{1,2})[—月./](\d{1,2})/;

/** What of a passage the card needs; a passage itself knows furniture and cannot be named here. */
interface CardLine {
  readonly compact: string;
  name(from: number, to: number): string;
}

/** Adds to the card what one line of furniture says; what an earlier line said stands. `label` is a label on the line before. */
export function readCard(card: PageCard, passage: CardLine, label = ''): void {
  const line = label + passage.compact;
  const n = number.exec(line);
  if (n?.[1]) {
    const at = n.index + n[0].length - n[1].length - label.length;
    card.number ??= passage.name(at, at + n[1].length);
  }
  const org = issuer.exec(line);
  if (org?.[1]) card.issuer ??= org[1];
  const on = issued.exec(line);
  if (on?.[1] && on[2] && on[3]) card.issuedOn ??= day(readNumber(on[1]), readNumber(on[2]), readNumber(on[3]));
}
