export const en = {
  notFetched: 'This widget could not be fetched. Check the connection.',
};
export type HostWords = typeof en;
