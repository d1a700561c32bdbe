export { issuedOf } from './documents.ts';
export { draftDocument } from './draft-document.ts';
export { type Issued, issueDocument } from './issue-document.ts';
export { knownLetterhead, type Letterhead, letterheadOf } from './letterhead.ts';
export { lettersItems } from './records.ts';
export { setLetterhead } from './template-routes.ts';
