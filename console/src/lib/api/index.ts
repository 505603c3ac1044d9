export { answer, api } from './client';
export { ApiProblem, fieldError, sentenceOf } from './problem';
export { createQueryClient, type Root, roots } from './query';
export {
  invitationQuery,
  sessionQuery,
  useAcceptInvitation,
  useChangePassword,
  useLogIn,
  useLogOut,
  useMay,
  useRename,
  useSession,
  useSetUp,
} from './session';
export {
  incidentSearchQuery,
  isBrief,
  peopleQuery,
  servicesQuery,
  summaryQuery,
  teamsQuery,
  timelineQuery,
} from './shared';
export type * from './types';
