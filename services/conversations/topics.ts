/** The log of one conversation. The row-level policy of the event log knows this shape. */
export const conversationTopic = (id: string) => `conversation/${id}`;

/** The desk's log: for every event of any conversation of the tenant, which one and where. */
export const deskTopic = 'desk';
