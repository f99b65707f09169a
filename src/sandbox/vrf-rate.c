/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-rate.h"

/**
 * VrfRate:
 *
 * The plan's limits (verifa-api.md 1.7): fixed windows of real time, by API key. They are forgotten
 * when the sandbox stops.
 */
struct _VrfRate
{
  GObject parent_instance;

  GHashTable *windows; /* owned: "key_…/kind" → Window */
  guint plan;
};

typedef struct
{
  gint64 start_s;
  guint used;
} Window;

/* The columns of the contract's table. */
typedef enum
{
  REQUESTS_A_MINUTE,
  SESSIONS_A_MINUTE,
  KEYS_A_MINUTE,
  VERIFICATIONS_A_DAY,
} Kind;

#define N_KINDS (VERIFICATIONS_A_DAY + 1)
#define MINUTE_S 60
#define DAY_S (24 * 60 * 60)

typedef struct
{
  const char *name;
  guint limits[N_KINDS]; /* 0 is unlimited */
} Plan;

static const Plan plans[] = {
  { "professional", { 1000, 150, 50, 1000 } },
  { "free", { 300, 50, 10, 50 } },
  { "starter", { 600, 100, 25, 1000 } },
  { "enterprise", { 1000, 300, 0, 0 } },
};

G_DEFINE_FINAL_TYPE (VrfRate, vrf_rate, G_TYPE_OBJECT)

static void
vrf_rate_finalize (GObject *object)
{
  VrfRate *self = VRF_RATE (object);

  g_clear_pointer (&self->windows, g_hash_table_unref);

  G_OBJECT_CLASS (vrf_rate_parent_class)->finalize (object);
}

static void
vrf_rate_class_init (VrfRateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_rate_finalize;
}

static void
vrf_rate_init (VrfRate *self)
{
  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
find_plan (const char *name, guint *ret_plan)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    if (g_strcmp0 (plans[i].name, name) == 0)
      {
        *ret_plan = i;
        return TRUE;
      }
  return FALSE;
}

/** vrf_rate_new: Returns: (transfer full): the limits of @plan, of "professional" for %NULL */
VrfRate *
vrf_rate_new (const char *plan)
{
  VrfRate *self = g_object_new (VRF_TYPE_RATE, NULL);

  if (plan != NULL)
    g_return_val_if_fail (find_plan (plan, &self->plan), self);
  return self;
}

/** vrf_rate_is_plan: Returns: whether there is a plan of that name */
gboolean
vrf_rate_is_plan (const char *plan)
{
  guint ignored = 0;

  return find_plan (plan, &ignored);
}

/** vrf_rate_get_plan: Returns: (transfer none): the plan's name */
const char *
vrf_rate_get_plan (VrfRate *self)
{
  return plans[self->plan].name;
}

static guint
get_length_s (Kind kind)
{
  return kind == VERIFICATIONS_A_DAY ? DAY_S : MINUTE_S;
}

static Window *
get_window (VrfRate *self, const char *key_id, Kind kind, gint64 now_s)
{
  g_autofree char *name = g_strdup_printf ("%s/%d", key_id, (int) kind);
  Window *window = g_hash_table_lookup (self->windows, name);

  if (window == NULL)
    {
      window = g_new0 (Window, 1);
      window->start_s = now_s;
      g_hash_table_insert (self->windows, g_steal_pointer (&name), window);
    }
  /* The machine's clock may have been set back, too. */
  if (now_s - window->start_s >= get_length_s (kind) || now_s < window->start_s)
    *window = (Window){ .start_s = now_s };
  return window;
}

static void
fill (VrfRate *self, const char *key_id, Kind kind, gint64 now_us, VrfRateState *ret_state)
{
  const Window *window = get_window (self, key_id, kind, now_us / G_USEC_PER_SEC);
  guint limit = plans[self->plan].limits[kind];
  gint64 reset_s = window->start_s + get_length_s (kind);

  *ret_state = (VrfRateState){
    .limit = limit,
    .remaining = limit > window->used ? limit - window->used : 0,
    .reset_unix_s = reset_s,
    .reset_in_s = (guint) (reset_s - now_us / G_USEC_PER_SEC),
    .window_s = get_length_s (kind),
  };
}

static Kind
get_kind (VrfRateBucket bucket)
{
  switch (bucket)
    {
    case VRF_RATE_SESSIONS:
      return SESSIONS_A_MINUTE;
    case VRF_RATE_KEYS:
      return KEYS_A_MINUTE;
    case VRF_RATE_REQUESTS:
    default:
      return REQUESTS_A_MINUTE;
    }
}

static void
use (VrfRate *self, const char *key_id, VrfRateBucket bucket, gint64 now_us, int step)
{
  Window *window = get_window (self, key_id, get_kind (bucket), now_us / G_USEC_PER_SEC);

  /* The window may be another one than that of the request, and know nothing of it. */
  if (step > 0 || window->used > 0)
    window->used += (guint) step;
  if (bucket != VRF_RATE_SESSIONS)
    return;
  window = get_window (self, key_id, VERIFICATIONS_A_DAY, now_us / G_USEC_PER_SEC);
  if (step > 0 || window->used > 0)
    window->used += (guint) step;
}

/**
 * vrf_rate_look:
 * @self: the limits
 * @key_id: whose request it is
 * @bucket: what is looked at
 * @now_us: real time
 * @ret_state: (out): what is left of it
 */
void
vrf_rate_look (
    VrfRate *self, const char *key_id, VrfRateBucket bucket, gint64 now_us, VrfRateState *ret_state)
{
  VrfRateState day = { 0 };

  fill (self, key_id, get_kind (bucket), now_us, ret_state);
  if (bucket != VRF_RATE_SESSIONS)
    return;
  fill (self, key_id, VERIFICATIONS_A_DAY, now_us, &day);
  /* When both are used up, it takes the longer one. */
  if (day.limit > 0 && (day.remaining < ret_state->remaining || day.remaining == 0))
    *ret_state = day;
}

/**
 * vrf_rate_take:
 * @self: the limits
 * @key_id: whose request it is
 * @bucket: what is used up
 * @now_us: real time
 * @ret_state: (out): what is left afterwards
 *
 * Returns: whether one was left; a refused request uses up nothing
 */
gboolean
vrf_rate_take (
    VrfRate *self, const char *key_id, VrfRateBucket bucket, gint64 now_us, VrfRateState *ret_state)
{
  vrf_rate_look (self, key_id, bucket, now_us, ret_state);
  if (ret_state->limit > 0 && ret_state->remaining == 0)
    return FALSE;
  use (self, key_id, bucket, now_us, 1);
  vrf_rate_look (self, key_id, bucket, now_us, ret_state);
  return TRUE;
}

/** vrf_rate_give_back: what vrf_rate_take() took was not used after all */
void
vrf_rate_give_back (
    VrfRate *self, const char *key_id, VrfRateBucket bucket, gint64 now_us, VrfRateState *ret_state)
{
  use (self, key_id, bucket, now_us, -1);
  vrf_rate_look (self, key_id, bucket, now_us, ret_state);
}
