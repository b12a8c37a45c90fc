/*
 * Many rows a call between Go and SQLite. A call from Go to C for every column, a lock that
 * SQLite takes for each of them, and a statement begun and ended for every row cost more than
 * SQLite's own work on a row; so rows cross in blobs of some hundred (packed.go):
 *
 *   packed(a, b, ...)  aggregate: the rows it sees, one after the other, as one blob.
 *   rows_of(b, width)  table: the rows of the blob b, of width values each, in c0, c1, ...
 *
 * A value in a blob is a byte that tells its type, then for an integer 8 bytes, for a text or a
 * blob 4 bytes of length and that many bytes. Numbers are little-endian.
 *
 * What stands in a ledger file (views, triggers) cannot use either: see DIRECTONLY. Blobs come
 * from packed.go alone, and are still not believed: every length is held against what is left.
 */
#include "packed.h"

#include <stdint.h>
#include <string.h>

/*
 * What is used of SQLite's interface, which it keeps stable: go-sqlite3 carries SQLite without
 * a header for others. The symbols are weak because cgo links this package once without
 * go-sqlite3, to see what it takes from shared libraries.
 */
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef struct sqlite3_context sqlite3_context;
typedef struct sqlite3_value sqlite3_value;
typedef long long int sqlite3_int64;
typedef unsigned long long int sqlite3_uint64;
typedef void (*sqlite3_destructor_type)(void *);

#define SQLITE_OK 0
#define SQLITE_ERROR 1
#define SQLITE_NOMEM 7
#define SQLITE_CONSTRAINT 19
#define SQLITE_INDEX_CONSTRAINT_EQ 2
#define SQLITE_VTAB_DIRECTONLY 3
#define SQLITE_UTF8 1
#define SQLITE_DIRECTONLY 0x000080000
#define SQLITE_STATIC ((sqlite3_destructor_type)0)

typedef struct sqlite3_module sqlite3_module;

typedef struct sqlite3_vtab {
	const sqlite3_module *pModule;
	int nRef;
	char *zErrMsg;
} sqlite3_vtab;

typedef struct sqlite3_vtab_cursor {
	sqlite3_vtab *pVtab;
} sqlite3_vtab_cursor;

/* What stands behind the last field is only in later versions of SQLite, and not used. */
typedef struct sqlite3_index_info {
	int nConstraint;
	struct sqlite3_index_constraint {
		int iColumn;
		unsigned char op, usable;
		int iTermOffset;
	} *aConstraint;
	int nOrderBy;
	void *aOrderBy;
	struct sqlite3_index_constraint_usage {
		int argvIndex;
		unsigned char omit;
	} *aConstraintUsage;
	int idxNum;
	char *idxStr;
	int needToFreeIdxStr, orderByConsumed;
	double estimatedCost;
} sqlite3_index_info;

/* Version 0; SQLite looks at the version before it reads behind xRename. */
struct sqlite3_module {
	int iVersion;
	int (*xCreate)(sqlite3 *, void *, int, const char *const *, sqlite3_vtab **, char **);
	int (*xConnect)(sqlite3 *, void *, int, const char *const *, sqlite3_vtab **, char **);
	int (*xBestIndex)(sqlite3_vtab *, sqlite3_index_info *);
	int (*xDisconnect)(sqlite3_vtab *);
	int (*xDestroy)(sqlite3_vtab *);
	int (*xOpen)(sqlite3_vtab *, sqlite3_vtab_cursor **);
	int (*xClose)(sqlite3_vtab_cursor *);
	int (*xFilter)(sqlite3_vtab_cursor *, int, const char *, int, sqlite3_value **);
	int (*xNext)(sqlite3_vtab_cursor *);
	int (*xEof)(sqlite3_vtab_cursor *);
	int (*xColumn)(sqlite3_vtab_cursor *, sqlite3_context *, int);
	int (*xRowid)(sqlite3_vtab_cursor *, sqlite3_int64 *);
	void *unused[7]; /* xUpdate to xRename: what can be written to */
};

#define FROM_SQLITE extern __attribute__((weak))

FROM_SQLITE int sqlite3_auto_extension(void (*)(void));
FROM_SQLITE int sqlite3_create_module_v2(sqlite3 *, const char *, const sqlite3_module *, void *, void (*)(void *));
FROM_SQLITE int sqlite3_create_function_v2(sqlite3 *, const char *, int, int, void *,
	void (*)(sqlite3_context *, int, sqlite3_value **), void (*)(sqlite3_context *, int, sqlite3_value **),
	void (*)(sqlite3_context *), void (*)(void *));
FROM_SQLITE void *sqlite3_aggregate_context(sqlite3_context *, int);
FROM_SQLITE void *sqlite3_realloc64(void *, sqlite3_uint64);
FROM_SQLITE void sqlite3_free(void *);
FROM_SQLITE int sqlite3_value_type(sqlite3_value *);
FROM_SQLITE sqlite3_int64 sqlite3_value_int64(sqlite3_value *);
FROM_SQLITE const void *sqlite3_value_blob(sqlite3_value *);
FROM_SQLITE const unsigned char *sqlite3_value_text(sqlite3_value *);
FROM_SQLITE int sqlite3_value_bytes(sqlite3_value *);
FROM_SQLITE void sqlite3_result_blob64(sqlite3_context *, const void *, sqlite3_uint64, sqlite3_destructor_type);
FROM_SQLITE void sqlite3_result_int64(sqlite3_context *, sqlite3_int64);
FROM_SQLITE void sqlite3_result_error_nomem(sqlite3_context *);
FROM_SQLITE void sqlite3_result_text(sqlite3_context *, const char *, int, sqlite3_destructor_type);
FROM_SQLITE int sqlite3_declare_vtab(sqlite3 *, const char *);
FROM_SQLITE int sqlite3_vtab_config(sqlite3 *, int, ...);

/* Rows that packed has taken. */
struct pack {
	unsigned char *at;
	size_t used, room;
	int failed; /* memory ran out */
};

/* ahead makes room for n more bytes and returns where they go; NULL without memory. */
static unsigned char *ahead(struct pack *p, size_t n)
{
	if (n > p->room - p->used) {
		size_t room = 2 * (p->room + n) + 4096;
		unsigned char *at = sqlite3_realloc64(p->at, room);
		if (at == NULL) {
			p->failed = 1;
			return NULL;
		}
		p->at = at;
		p->room = room;
	}
	return p->at + p->used;
}

static void add_number(struct pack *p, int type, uint64_t v, int size)
{
	unsigned char *to = ahead(p, 1 + (size_t)size);
	if (to == NULL)
		return;
	*to++ = (unsigned char)type;
	for (int i = 0; i < size; i++)
		to[i] = (unsigned char)(v >> (8 * i));
	p->used += 1 + (size_t)size;
}

static void add_bytes(struct pack *p, int type, const void *from, int n)
{
	if (from == NULL)
		n = 0;
	add_number(p, type, (uint64_t)n, 4);
	unsigned char *to = ahead(p, (size_t)n);
	if (to == NULL || n == 0)
		return;
	memcpy(to, from, (size_t)n);
	p->used += (size_t)n;
}

static void add_value(struct pack *p, sqlite3_value *v)
{
	const void *from;
	int type = sqlite3_value_type(v);
	switch (type) {
	case PACKED_INTEGER:
		add_number(p, type, (uint64_t)sqlite3_value_int64(v), 8);
		break;
	case PACKED_TEXT:
		from = sqlite3_value_text(v); /* before its length, which it may change */
		add_bytes(p, type, from, sqlite3_value_bytes(v));
		break;
	case PACKED_BLOB:
		from = sqlite3_value_blob(v);
		add_bytes(p, type, from, sqlite3_value_bytes(v));
		break;
	default: /* NULL; a REAL, which no column is, has no value here and is refused in Go */
		add_number(p, type, 0, 0);
	}
}

/* packed_step leaves out the rows that come after PACKED_FULL bytes: the caller goes on behind the last one it got. */
static void packed_step(sqlite3_context *c, int n, sqlite3_value **values)
{
	struct pack *p = sqlite3_aggregate_context(c, sizeof *p);
	if (p == NULL || p->failed || p->used >= PACKED_FULL)
		return;
	for (int i = 0; i < n; i++)
		add_value(p, values[i]);
}

static void packed_final(sqlite3_context *c)
{
	struct pack *p = sqlite3_aggregate_context(c, 0);
	if (p == NULL)
		return; /* no rows: NULL */
	if (p->failed) {
		sqlite3_free(p->at);
		sqlite3_result_error_nomem(c);
		return;
	}
	sqlite3_result_blob64(c, p->at, p->used, sqlite3_free);
}

/*
 * rows_of as a virtual table: read from front to back, once a statement. A row is kept as where
 * each of its values stands.
 */
struct value {
	int type;
	sqlite3_int64 number;
	const unsigned char *bytes;
	int length;
};

struct cursor {
	sqlite3_vtab_cursor base;
	unsigned char *rows; /* a copy: the argument may go before the cursor does */
	const unsigned char *at;
	size_t left;
	int width;
	int ended;
	sqlite3_int64 n; /* rows before this one */
	struct value row[PACKED_WIDTH];
};

static int take_number(struct cursor *c, size_t size, uint64_t *v)
{
	if (c->left < size)
		return 0;
	*v = 0;
	for (size_t i = 0; i < size; i++)
		*v |= (uint64_t)c->at[i] << (8 * i);
	c->at += size;
	c->left -= size;
	return 1;
}

/* take_value reads the next value; 0 when it is none. */
static int take_value(struct cursor *c, struct value *v)
{
	uint64_t n;
	if (!take_number(c, 1, &n))
		return 0;
	v->type = (int)n;
	switch (v->type) {
	case PACKED_NULL:
		return 1;
	case PACKED_INTEGER:
		if (!take_number(c, 8, &n))
			return 0;
		v->number = (sqlite3_int64)n;
		return 1;
	case PACKED_TEXT:
	case PACKED_BLOB:
		if (!take_number(c, 4, &n) || n > c->left)
			return 0;
		v->bytes = c->at;
		v->length = (int)n; /* below 2^31, as the blob is that it is part of */
		c->at += n;
		c->left -= n;
		return 1;
	}
	return 0;
}

static int rows_next(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;
	c->n++;
	c->ended = c->left == 0;
	for (int i = 0; i < c->width && !c->ended; i++) {
		if (!take_value(c, &c->row[i])) {
			c->ended = 1;
			return SQLITE_ERROR;
		}
	}
	return SQLITE_OK;
}

/* rows_filter begins: the arguments are the blob and how many values a row has. */
static int rows_filter(sqlite3_vtab_cursor *base, int index, const char *text, int n, sqlite3_value **values)
{
	struct cursor *c = (struct cursor *)base;
	(void)index, (void)text, (void)n;
	sqlite3_free(c->rows);
	c->rows = NULL;
	c->n = -1;
	sqlite3_int64 width = sqlite3_value_int64(values[1]);
	const void *from = sqlite3_value_blob(values[0]);
	c->left = from == NULL ? 0 : (size_t)sqlite3_value_bytes(values[0]);
	if (width < 1 || width > PACKED_WIDTH)
		return SQLITE_ERROR;
	c->width = (int)width;
	if (c->left > 0) {
		c->rows = sqlite3_realloc64(NULL, c->left);
		if (c->rows == NULL)
			return SQLITE_NOMEM;
		memcpy(c->rows, from, c->left);
	}
	c->at = c->rows;
	return rows_next(base);
}

static int rows_eof(sqlite3_vtab_cursor *base) { return ((struct cursor *)base)->ended; }

static int rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
	*id = ((struct cursor *)base)->n;
	return SQLITE_OK;
}

/* rows_column hands texts and blobs out where they lie: they stay there until the statement ends. */
static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int i)
{
	struct cursor *c = (struct cursor *)base;
	if (i < 0 || i >= c->width)
		return SQLITE_OK; /* NULL */
	struct value *v = &c->row[i];
	switch (v->type) {
	case PACKED_INTEGER:
		sqlite3_result_int64(to, v->number);
		break;
	case PACKED_TEXT:
		sqlite3_result_text(to, (const char *)v->bytes, v->length, SQLITE_STATIC);
		break;
	case PACKED_BLOB:
		sqlite3_result_blob64(to, v->bytes, (sqlite3_uint64)v->length, SQLITE_STATIC);
	}
	return SQLITE_OK;
}

/* rows_best wants both arguments to be given; there is one way to read. */
static int rows_best(sqlite3_vtab *table, sqlite3_index_info *q)
{
	int given = 0;
	(void)table;
	for (int i = 0; i < q->nConstraint; i++) {
		int argument = q->aConstraint[i].iColumn - PACKED_WIDTH;
		if (argument < 0 || argument > 1 || q->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || !q->aConstraint[i].usable)
			continue;
		q->aConstraintUsage[i].argvIndex = argument + 1;
		q->aConstraintUsage[i].omit = 1;
		given |= 1 << argument;
	}
	q->estimatedCost = 1000;
	return given == 3 ? SQLITE_OK : SQLITE_CONSTRAINT;
}

static int rows_connect(sqlite3 *db, void *aux, int n, const char *const *arguments, sqlite3_vtab **table, char **message)
{
	(void)aux, (void)n, (void)arguments, (void)message;
	int rc = sqlite3_declare_vtab(db, "CREATE TABLE rows_of (c0, c1, c2, c3, c4, c5, c6, c7, bytes HIDDEN, width HIDDEN)");
	if (rc != SQLITE_OK)
		return rc;
	sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
	*table = sqlite3_realloc64(NULL, sizeof **table);
	if (*table == NULL)
		return SQLITE_NOMEM;
	memset(*table, 0, sizeof **table);
	return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
	(void)table;
	struct cursor *c = sqlite3_realloc64(NULL, sizeof *c);
	if (c == NULL)
		return SQLITE_NOMEM;
	memset(c, 0, sizeof *c);
	*cursor = &c->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *base)
{
	sqlite3_free(((struct cursor *)base)->rows);
	sqlite3_free(base);
	return SQLITE_OK;
}

/* No xCreate: the table is there without being made, and in no ledger's schema. */
static const sqlite3_module rows_module = {
	.xConnect = rows_connect,
	.xBestIndex = rows_best,
	.xDisconnect = rows_disconnect,
	.xOpen = rows_open,
	.xClose = rows_close,
	.xFilter = rows_filter,
	.xNext = rows_next,
	.xEof = rows_eof,
	.xColumn = rows_column,
	.xRowid = rows_rowid,
};

/* add_functions is called by SQLite for each new connection. */
static int add_functions(sqlite3 *db, char **message, const void *api)
{
	(void)message;
	(void)api;
	int rc = sqlite3_create_function_v2(db, "packed", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, packed_step, packed_final, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_create_module_v2(db, "rows_of", &rows_module, NULL, NULL);
	return rc;
}

int packed_register(void)
{
	return sqlite3_auto_extension((void (*)(void))add_functions);
}
