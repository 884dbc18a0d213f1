/** With so many cores or fewer, what nobody waits for gives way while much comes: Chrome, the page and its server need them. */
export const FEW_CORES = 4;
