/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-route-tree.h"

/* What a path leads to after some of its segments. */
struct _VrfRouteTree
{
  GHashTable *named;  /* owned: segment → VrfRouteTree */
  VrfRouteTree *open; /* owned, nullable: any segment that is not empty */
  GPtrArray *ends;    /* owned: Entry: the path ends here */
  GPtrArray *rests;   /* owned: Entry: whatever follows is one parameter */
};

/* A route, with the name of each of its parameters at the place of its segment. */
typedef struct
{
  const VrfRoute *route; /* borrowed */
  GStrv segments;        /* owned: the template's */
} Entry;

/* One look-up on its way down. */
typedef struct
{
  const char *method;
  GStrv segments;
  const Entry *found;
  GPtrArray *allowed; /* methods of whatever else fits */
} Search;

static void
entry_free (Entry *entry)
{
  g_strfreev (entry->segments);
  g_free (entry);
}

/** vrf_route_tree_new: Returns: (transfer full): a tree without routes */
VrfRouteTree *
vrf_route_tree_new (void)
{
  VrfRouteTree *self = g_new0 (VrfRouteTree, 1);

  self->named =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vrf_route_tree_free);
  self->ends = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->rests = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

/** vrf_route_tree_free: frees @self (nullable) */
void
vrf_route_tree_free (VrfRouteTree *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->named);
  vrf_route_tree_free (self->open);
  g_ptr_array_unref (self->ends);
  g_ptr_array_unref (self->rests);
  g_free (self);
}

static VrfRouteTree *
get_named (VrfRouteTree *self, const char *segment)
{
  VrfRouteTree *child = g_hash_table_lookup (self->named, segment);

  if (child == NULL)
    {
      child = vrf_route_tree_new ();
      g_hash_table_insert (self->named, g_strdup (segment), child);
    }
  return child;
}

static VrfRouteTree *
get_open (VrfRouteTree *self)
{
  if (self->open == NULL)
    self->open = vrf_route_tree_new ();
  return self->open;
}

/** vrf_route_tree_add: adds @route, which must outlive the tree */
void
vrf_route_tree_add (VrfRouteTree *self, const VrfRoute *route)
{
  Entry *entry = g_new0 (Entry, 1);
  VrfRouteTree *node = self;

  entry->route = route;
  entry->segments = g_strsplit (route->path, "/", -1);
  for (guint i = 0; entry->segments[i] != NULL; i++)
    {
      const char *segment = entry->segments[i];

      if (g_str_has_suffix (segment, "*}"))
        {
          g_ptr_array_add (node->rests, entry);
          return;
        }
      node = segment[0] == '{' ? get_open (node) : get_named (node, segment);
    }
  g_ptr_array_add (node->ends, entry);
}

static void
note_allowed (GPtrArray *allowed, const char *method)
{
  if (!g_ptr_array_find_with_equal_func (allowed, method, g_str_equal, NULL))
    g_ptr_array_add (allowed, (gpointer) method);
}

static void
take (const GPtrArray *entries, Search *search)
{
  for (guint i = 0; search->found == NULL && i < entries->len; i++)
    {
      const Entry *entry = entries->pdata[i];

      if (g_str_equal (entry->route->method, search->method))
        search->found = entry;
      else
        note_allowed (search->allowed, entry->route->method);
    }
}

/* No deeper than the longest template. */
static void
descend (VrfRouteTree *self, guint i, Search *search)
{
  const char *segment = search->segments[i];
  VrfRouteTree *named = NULL;

  if (segment == NULL)
    {
      take (self->ends, search);
      return;
    }
  named = g_hash_table_lookup (self->named, segment);
  if (named != NULL)
    descend (named, i + 1, search);
  if (search->found == NULL && self->open != NULL && *segment != '\0')
    descend (self->open, i + 1, search);
  if (search->found == NULL)
    take (self->rests, search);
}

static void
note_params (const Entry *entry, GStrv segments, GHashTable *params)
{
  for (guint i = 0; entry->segments[i] != NULL; i++)
    {
      const char *name = entry->segments[i] + 1;
      gsize length = strlen (entry->segments[i]);

      if (entry->segments[i][0] != '{')
        continue;
      if (g_str_has_suffix (name, "*}"))
        g_hash_table_replace (params, g_strndup (name, length - 3), g_strjoinv ("/", segments + i));
      else
        g_hash_table_replace (params, g_strndup (name, length - 2), g_strdup (segments[i]));
    }
}

/**
 * vrf_route_tree_find:
 * @self: a tree
 * @method: "GET"
 * @segments: of the path, decoded; the first is empty
 * @params: takes the parameters of the route that is found
 * @ret_allowed: (out) (transfer full) (nullable): when there is none, "GET, POST" of those that
 *   have the path and another method; %NULL when nothing has the path
 *
 * Returns: (nullable) (transfer none): the route
 */
const VrfRoute *
vrf_route_tree_find (
    VrfRouteTree *self, const char *method, GStrv segments, GHashTable *params, char **ret_allowed)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();
  Search search = { .method = method, .segments = segments, .allowed = allowed };

  *ret_allowed = NULL;
  descend (self, 0, &search);
  if (search.found != NULL)
    {
      note_params (search.found, segments, params);
      return search.found->route;
    }
  if (allowed->len > 0)
    {
      g_ptr_array_add (allowed, NULL);
      *ret_allowed = g_strjoinv (", ", (GStrv) allowed->pdata);
    }
  return NULL;
}
