/* See packed.c. */
#ifndef TAIZHANG_PACKED_H
#define TAIZHANG_PACKED_H

/* The types of values, SQLite's own numbers. */
#define PACKED_INTEGER 1
#define PACKED_TEXT 3
#define PACKED_BLOB 4
#define PACKED_NULL 5

/* How many values a row of rows_of may have. */
#define PACKED_WIDTH 8

/* From how many bytes on packed takes no more rows. */
#define PACKED_FULL (128 * 1024)

/* packed_register gives the functions to every connection that is opened from now on; 0, or SQLite's error. */
int packed_register(void);

#endif
