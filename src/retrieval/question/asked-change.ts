/** 「比去年多多少」 asks by how much something changes, which a figure tells that stands behind such a word. */
export const ASKS_CHANGE = /(?:比|跟|和|与|同|较)(?:起)?(?:去年|上年|上一年|往年|之前|以前|原来|同期).{0,8}?(?:多|少|高|低|增|涨|提|降|减)/u;
export const TELLS_CHANGE = /(?:比|较)(?:上年|去年|上一年|同期|(?:19|20)\d{2}年)|增加|增长|提高|新增|减少|下降|降低|多$|少$|高$|低$/u;

/** 「从多少涨到多少」 is answered by one clause with both figures: 由12元提高到15元. */
export const ASKS_RISE = /从(?:多少|几).{0,6}?[到至](?:多少|几)/u;
export const TELLS_RISE = /由[^,，]{1,16}?(?:提高|提升|增加|增|涨|升|降|压减|减少|减|缩短|压缩)?[到至]/u;

/** 由750元提高到810元: what stands before the figure that held, and between it and the one that holds. */
export const RISES_FROM = /[由从][^,，]{0,10}$/u;
export const RISES_TO = /^(?:左右)?[^,，\d]{0,2}(?:提高|提升|增加|上调|涨|升|降|下调|减|调整|调|压缩|压减|缩短|扩大|扩|延长|延|放宽|变更?|改|增|缩)[^,，\d]{0,4}[到至为]$/u;
