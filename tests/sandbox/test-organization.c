/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "sandbox/vrf-organization.h"

/* The settings of the organization (verifa-api.md 2.8, 2.9, 8.5). */

static VrfSandboxStore *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  VrfSandboxStore *store = vrf_sandbox_store_open (":memory:", &error);

  g_assert_no_error (error);
  return store;
}

/* Returns: whether it was acceptable. */
static gboolean
change (VrfSandboxStore *store, const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok = vrf_organization_change (store, json_node_get_object (root), errors, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ok, ==, vrf_field_errors_is_empty (errors));
  return ok;
}

static VrfOrganization *
load (VrfSandboxStore *store)
{
  VrfOrganization *organization = vrf_organization_new ();
  g_autoptr (GError) error = NULL;

  vrf_organization_refresh (&organization, store, &error);
  g_assert_no_error (error);
  return organization;
}

static void
test_defaults (void)
{
  g_autoptr (VrfSandboxStore) store = open_store ();
  g_autoptr (VrfOrganization) organization = load (store);

  g_assert_cmpstr (organization->name, ==, "Front Desk Demo");
  g_assert_null (organization->email_display_name);
  g_assert_cmpstr (organization->verification_mode, ==, "auto");
  g_assert_cmpint (organization->image_url_expiry_s, ==, 300);
  g_assert_cmpint (organization->data_retention_days, ==, VRF_ORGANIZATION_FOREVER);
  g_assert_cmpint (organization->sensitive_data_retention_days, ==, VRF_ORGANIZATION_FOREVER);
  g_assert_null (organization->api_pii_fields);
}

static void
test_change (void)
{
  g_autoptr (VrfSandboxStore) store = open_store ();
  g_autoptr (VrfOrganization) first = NULL;
  g_autoptr (VrfOrganization) second = NULL;
  g_autoptr (JsonNode) json = NULL;
  JsonObject *object = NULL;

  g_assert_true (change (store,
                         "{\"name\":\"Harbour Hotel\",\"data_retention_days\":30,"
                         "\"auto_redact_on_retention_expiry\":false,\"dual_review\":true,"
                         "\"api_pii_fields\":[\"first_name\"],\"unknown\":1}"));
  first = load (store);
  g_assert_cmpstr (first->name, ==, "Harbour Hotel");
  g_assert_cmpint (first->data_retention_days, ==, 30);
  g_assert_false (first->auto_redact);
  g_assert_true (first->dual_review);
  g_assert_cmpstr (first->api_pii_fields[0], ==, "first_name");
  g_assert_null (first->api_pii_fields[1]);

  g_assert_true (change (store, "{\"data_retention_days\":null,\"api_pii_fields\":[]}"));
  second = load (store);
  g_assert_cmpstr (second->name, ==, "Harbour Hotel");
  g_assert_cmpint (second->data_retention_days, ==, VRF_ORGANIZATION_FOREVER);
  g_assert_nonnull (second->api_pii_fields);

  json = vrf_organization_to_json (second);
  object = json_node_get_object (json);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Harbour Hotel");
  g_assert_true (json_object_get_null_member (object, "data_retention_days"));
  g_assert_cmpint (json_object_get_int_member (object, "image_url_expiry_seconds"), ==, 300);
  g_assert_false (json_object_has_member (object, "unknown"));
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "{\"name\":7}",
    "{\"name\":\"\"}",
    "{\"verification_mode\":\"perhaps\"}",
    "{\"image_url_expiry_seconds\":0}",
    "{\"data_retention_days\":-1}",
    "{\"sensitive_data_retention_days\":\"30\"}",
    "{\"api_pii_fields\":\"first_name\"}",
    "{\"dual_review\":\"yes\"}",
  };
  g_autoptr (VrfSandboxStore) store = open_store ();
  g_autoptr (VrfOrganization) organization = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (change (store, bad[i]));
    }
  organization = load (store);
  g_assert_null (organization->text);
}

static void
test_extracted (void)
{
  static const struct
  {
    const char *change;
    const char *shown;
  } cases[] = {
    { "{}", "{\"first_name\":\"Jane\",\"gender\":\"F\"}" },
    { "{\"api_pii_fields\":[\"ssn\",\"gender\"]}", "{\"gender\":\"F\",\"ssn\":\"000-00-0000\"}" },
    { "{\"api_pii_fields\":[]}", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfSandboxStore) store = open_store ();
      g_autoptr (VrfOrganization) organization = NULL;
      g_autoptr (JsonNode) shown = NULL;
      g_autoptr (JsonNode) wanted = json_from_string (cases[i].shown, NULL);

      g_assert_true (change (store, cases[i].change));
      organization = load (store);
      shown = vrf_organization_filter_extracted (
          organization, "{\"first_name\":\"Jane\",\"gender\":\"F\",\"ssn\":\"000-00-0000\"}");
      g_assert_true (json_node_equal (shown, wanted));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/organization/defaults", test_defaults);
  g_test_add_func ("/sandbox/organization/change", test_change);
  g_test_add_func ("/sandbox/organization/refused", test_refused);
  g_test_add_func ("/sandbox/organization/extracted", test_extracted);
  return g_test_run ();
}
