/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; an absent key reads as undefined. */
export type JsonObject = { readonly [key: string]: Json };
