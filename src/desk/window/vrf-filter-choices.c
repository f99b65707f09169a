/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-filter-choices.h"

#include "desk/core/vrf-workflow-item.h"
#include "desk/widgets/vrf-chip-kinds.h"

static const struct
{
  const char *value;
  const char *word;
} periods[] = {
  { VRF_FILTER_TODAY, N_ ("Today") },
    { VRF_FILTER_7_DAYS, N_ ("Last 7 days") },
      { VRF_FILTER_30_DAYS, N_ ("Last 30 days") },
    };

static void
add (VrfFilterChoices *self, const char *value, const char *word)
{
  g_ptr_array_add (self->values, g_strdup (value));
  g_ptr_array_add (self->words, g_strdup (word));
}

guint
vrf_filter_choices_find (const VrfFilterChoices *self, const char *value)
{
  for (guint i = 1; value != NULL && i < self->values->len; i++)
    if (g_strcmp0 (self->values->pdata[i], value) == 0)
      return i;

  return 0;
}

static void
add_once (VrfFilterChoices *self, const char *value, const char *word)
{
  if (value != NULL && vrf_filter_choices_find (self, value) == 0)
    add (self, value, word != NULL && *word != '\0' ? word : value);
}

/* What a person reads for a value that may be a newer API's. */

static const char *
get_status_word (const char *status)
{
  return vrf_chip_kind_for_status (status).word;
}

static const char *
get_result_word (const char *result)
{
  if (g_strcmp0 (result, VRF_FILTER_NO_RESULT) == 0)
    return _ ("No Result Yet");

  return vrf_chip_kind_for_result (result).word;
}

static const char *
get_period_word (const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (periods[i].value, value) == 0)
      return _ (periods[i].word);

  return value;
}

/* Every status the API has, in its order, then newer ones that rows have. */
static void
add_statuses (VrfFilterChoices *self, GListModel *rows)
{
  for (guint i = 0; vrf_chip_kind_get_status (i) != NULL; i++)
    add (self, vrf_chip_kind_get_status (i), get_status_word (vrf_chip_kind_get_status (i)));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);
      const char *status = vrf_row_get_status_text (row);

      add_once (self, status, status);
    }
}

static void
add_results (VrfFilterChoices *self, GListModel *rows)
{
  for (guint i = 0; vrf_chip_kind_get_result (i) != NULL; i++)
    add (self, vrf_chip_kind_get_result (i), get_result_word (vrf_chip_kind_get_result (i)));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);
      const char *result = vrf_row_get_result_text (row);

      add_once (self, result, result);
    }
  add (self, VRF_FILTER_NO_RESULT, get_result_word (VRF_FILTER_NO_RESULT));
}

/* The organization's, the default first, then those only rows have. */
static void
add_workflows (VrfFilterChoices *self, GListModel *rows, GListModel *workflows)
{
  for (guint i = 0; i < g_list_model_get_n_items (workflows); i++)
    {
      g_autoptr (VrfWorkflowItem) item = g_list_model_get_item (workflows, i);
      g_autofree char *name = NULL;

      g_object_get (item, "name", &name, NULL);
      add_once (self, vrf_workflow_item_get_workflow (item)->id, name);
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);

      add_once (self, vrf_row_get_workflow_id (row), vrf_row_get_workflow_name (row));
    }
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static void
add_tags (VrfFilterChoices *self, GListModel *rows, const char *current)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree const char **tags = NULL;
  guint n_tags = 0;

  if (current != NULL)
    g_hash_table_add (seen, g_strdup (current));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, i);
      char **own = vrf_row_get_session (row)->tags;

      for (guint j = 0; own[j] != NULL; j++)
        if (!g_hash_table_contains (seen, own[j]))
          g_hash_table_add (seen, g_strdup (own[j]));
    }

  tags = (const char **) g_hash_table_get_keys_as_array (seen, &n_tags);
  qsort (tags, n_tags, sizeof *tags, compare_tags);
  for (guint i = 0; i < n_tags; i++)
    add (self, tags[i], tags[i]);
}

VrfFilterChoices *
vrf_filter_choices_new (VrfFilter filter,
                        GListModel *rows,
                        GListModel *workflows,
                        const char *current)
{
  VrfFilterChoices *self = g_new0 (VrfFilterChoices, 1);

  self->values = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  add (self, NULL, filter == VRF_FILTER_CREATED ? _ ("Any time") : _ ("Any"));

  switch (filter)
    {
    case VRF_FILTER_STATUS:
      add_statuses (self, rows);
      break;
    case VRF_FILTER_RESULT:
      add_results (self, rows);
      break;
    case VRF_FILTER_WORKFLOW:
      add_workflows (self, rows, workflows);
      break;
    case VRF_FILTER_CREATED:
      for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
        add (self, periods[i].value, get_period_word (periods[i].value));
      break;
    case VRF_FILTER_TAG:
      add_tags (self, rows, current);
      break;
    case VRF_N_FILTERS:
    default:
      break;
    }
  add_once (self, current, current);

  return self;
}

void
vrf_filter_choices_free (VrfFilterChoices *self)
{
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->words);
  g_free (self);
}

static char *
dup_word (VrfFilter filter, const char *value, GListModel *rows, GListModel *workflows)
{
  g_autoptr (VrfFilterChoices) choices = NULL;

  switch (filter)
    {
    case VRF_FILTER_STATUS:
      return g_strdup (get_status_word (value));
    case VRF_FILTER_RESULT:
      return g_strdup (get_result_word (value));
    case VRF_FILTER_CREATED:
      return g_strdup (get_period_word (value));
    case VRF_FILTER_WORKFLOW:
      choices = vrf_filter_choices_new (filter, rows, workflows, value);
      return g_strdup (choices->words->pdata[vrf_filter_choices_find (choices, value)]);
    case VRF_FILTER_TAG:
    case VRF_N_FILTERS:
    default:
      return g_strdup (value);
    }
}

char *
vrf_filters_dup_text (const VrfFilters *filters, GListModel *rows, GListModel *workflows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < VRF_N_FILTERS; i++)
    {
      const char *value = filters->values[i];
      g_autofree char *word = NULL;

      if (value == NULL)
        continue;
      word = dup_word ((VrfFilter) i, value, rows, workflows);
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: a filter and what it is set to, as in "Status: Pending" */
      g_string_append_printf (text, _ ("%s: %s"), vrf_filter_get_title ((VrfFilter) i), word);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
