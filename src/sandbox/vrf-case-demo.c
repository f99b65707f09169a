/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-case-demo.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-qr-data-url.h"
#include "sandbox/vrf-store-cases.h"
#include "sandbox/vrf-workflows.h"

/* A case to try review with: an invented session, its documents and its checks. */

/* One after the other, so that a demonstration has something of each. */
static const char *const presets[VRF_CASE_DEMO_MAX] = { "needs_review",
                                                        "review_watchlist",
                                                        "review_duplicate" };
static const char *const doc_types[] = { "id_front", "id_back", "selfie" };

/* There is no person, so there is no picture of one: it says what it stands for. */
static GBytes *
new_picture (const char *doc_type)
{
  g_autofree char *text = g_strconcat ("Demo case: ", doc_type, NULL);
  g_autofree char *url = vrf_qr_data_url_dup (text);
  gsize length = 0;
  guchar *data = g_base64_decode (strchr (url, ',') + 1, &length);

  return g_bytes_new_take (data, length);
}

static gboolean
put_documents (VrfService *service, const VrfStoredSession *session, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (doc_types); i++)
    {
      g_autoptr (VrfStoredDocument) document = g_new0 (VrfStoredDocument, 1);

      document->session_n = session->n;
      document->id = vrf_random_id ("doc_");
      document->doc_type = g_strdup (doc_types[i]);
      document->mime_type = g_strdup ("image/png");
      document->data = new_picture (doc_types[i]);
      document->size = (gint64) g_bytes_get_size (document->data);
      document->created_at = session->created_at;
      if (!vrf_sandbox_store_put_document (vrf_service_get_store (service), document, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
give_workflow (VrfSandboxStore *store, VrfStoredSession *session, GError **error)
{
  g_autoptr (VrfStoredWorkflow) workflow = vrf_store_workflows_get_default (store, TRUE, error);

  return workflow != NULL && vrf_workflows_give (store, session, workflow, error);
}

/**
 * vrf_case_demo_create:
 * @service: a service, in a transaction
 * @error: a refusal when there are enough, or from the database
 *
 * Returns: (nullable) (transfer full): a sandbox session that is under review, with its case
 */
VrfStoredSession *
vrf_case_demo_create (VrfService *service, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (VrfStoredSession) session = vrf_stored_session_new ();
  gint64 n = 0;

  if (!vrf_store_cases_count_demo (store, &n, error))
    return NULL;
  if (n >= VRF_CASE_DEMO_MAX)
    {
      vrf_error_reply_refuse (error, 409, "conflict", "There are 3 demo cases already.");
      return NULL;
    }

  session->is_sandbox = TRUE;
  vrf_stored_set (&session->metadata, "{\"demo\":true}");
  vrf_stored_set (&session->tags, "[\"demo\"]");
  if (!give_workflow (store, session, error) || !vrf_service_create (service, session, error)
      || !put_documents (service, session, error)
      || !vrf_service_apply (
          service, session, VRF_EVENT_SIMULATE, vrf_presets_find (presets[n]), error)
      || !vrf_store_cases_set_demo (store, session->n, error))
    return NULL;
  return g_steal_pointer (&session);
}
