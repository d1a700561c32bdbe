import { serve } from '../../../platform/http/serve.ts';
import { bulletinsApi } from '../api.ts';
import {
  approve,
  approvePublish,
  askPublish,
  edit,
  refusePublish,
  sendBack,
  submit,
  takeBack,
  voidBulletin,
} from './act.ts';
import { annex, draftAsPdf, draftAsWord } from './drafts.ts';
import { endForm, listForms, makeForm } from './forms.ts';
import { issue } from './issue.ts';
import { makeByHand } from './make.ts';
import { list, toDo, view } from './view.ts';

/** Every route of the room with its handler. */
export const bulletinsRoutes = serve(bulletinsApi, {
  listBulletins: (reading) => list(reading, reading.query),
  bulletinsToDo: (reading) => toDo(reading),
  viewBulletin: (reading) => view(reading, reading.params.id),
  makeBulletin: (act) => makeByHand(act, act.body),
  editBulletin: (act) => edit(act, { ...act.params, ...act.body }),
  submitBulletin: (act) => submit(act, { ...act.params, ...act.body }),
  takeBackBulletin: (act) => takeBack(act, { ...act.params, ...act.body }),
  approveBulletin: (act) => approve(act, { ...act.params, ...act.body }),
  sendBackBulletin: (act) => sendBack(act, { ...act.params, ...act.body }),
  issueBulletin: (act) => issue(act, { ...act.params, ...act.body }),
  askPublishBulletin: (act) => askPublish(act, { ...act.params, ...act.body }),
  approvePublishBulletin: (act) => approvePublish(act, { ...act.params, ...act.body }),
  refusePublishBulletin: (act) => refusePublish(act, { ...act.params, ...act.body }),
  voidBulletin: (act) => voidBulletin(act, { ...act.params, ...act.body }),
  draftDocument: (reading) => draftAsWord(reading, reading.params.id),
  draftPdf: (reading) => draftAsPdf(reading, reading.params.id),
  openAnnex: (reading) => annex(reading, reading.params.id, reading.params.key),
  listBulletinForms: (reading) => listForms(reading),
  makeBulletinForm: (act) => makeForm(act, act.body),
  endBulletinForm: (act) => endForm(act, act.params.id, act.body.on),
});
