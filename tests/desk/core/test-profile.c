/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-profile.h"

#include <gio/gio.h>

#include "base/vrf-error.h"

static void
set_environ (const char *key, const char *url)
{
  g_unsetenv ("VERIFA_API_KEY");
  g_unsetenv ("VERIFA_API_URL");
  if (key != NULL)
    g_setenv ("VERIFA_API_KEY", key, TRUE);
  if (url != NULL)
    g_setenv ("VERIFA_API_URL", url, TRUE);
}

static void
test_environ (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfProfile) plain = NULL;
  g_autoptr (VrfProfile) slash = NULL;
  g_autoptr (VrfProfile) live = NULL;

  set_environ (NULL, "http://127.0.0.1:8080");
  g_assert_null (vrf_profile_new_from_environ (&error));
  g_assert_no_error (error);

  set_environ ("vk_sandbox_abcd", "http://127.0.0.1:8080");
  plain = vrf_profile_new_from_environ (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (plain->base_url, ==, "http://127.0.0.1:8080");
  g_assert_cmpint (plain->environment, ==, VRF_ENVIRONMENT_SANDBOX);
  g_assert_cmpuint (strlen (plain->id), ==, 16);
  g_assert_true (g_str_has_prefix (plain->id, "env-"));
  g_assert_false (plain->builtin);

  /* The same server and environment, whatever the key. */
  set_environ ("vk_sandbox_efgh", "http://127.0.0.1:8080/");
  slash = vrf_profile_new_from_environ (&error);
  g_assert_cmpstr (slash->id, ==, plain->id);
  set_environ ("vk_live_abcd", NULL);
  live = vrf_profile_new_from_environ (&error);
  g_assert_cmpstr (live->base_url, ==, VRF_PROFILE_DEFAULT_URL);
  g_assert_cmpint (live->environment, ==, VRF_ENVIRONMENT_LIVE);
  g_assert_cmpstr (live->id, !=, plain->id);

  set_environ ("vk_pub_live_abcd", NULL);
  g_assert_null (vrf_profile_new_from_environ (&error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_assert_null (strstr (error->message, "abcd"));
}

static void
test_keep (void)
{
  g_autoptr (VrfProfile) made =
      vrf_profile_new ("Front desk", "https://api.example/ ", VRF_ENVIRONMENT_LIVE);
  g_autoptr (VrfProfile) builtin = vrf_profile_new_builtin ();
  g_autoptr (VrfProfile) environ_profile = NULL;
  g_autoptr (VrfProfile) loaded = NULL;

  g_assert_cmpuint (strlen (made->id), ==, 8);
  vrf_profile_save_as_active (made);
  loaded = vrf_profile_load_active ();
  g_assert_nonnull (loaded);
  g_assert_cmpstr (loaded->id, ==, made->id);
  g_assert_cmpstr (loaded->name, ==, "Front desk");
  g_assert_cmpstr (loaded->base_url, ==, "https://api.example");
  g_assert_cmpint (loaded->environment, ==, VRF_ENVIRONMENT_LIVE);
  g_assert_null (loaded->workflow_id);
  g_clear_pointer (&loaded, vrf_profile_unref);

  vrf_profile_save_as_active (builtin);
  loaded = vrf_profile_load_active ();
  g_assert_true (loaded->builtin);
  g_clear_pointer (&loaded, vrf_profile_unref);

  /* One from the environment is never kept. */
  set_environ ("vk_live_abcd", NULL);
  environ_profile = vrf_profile_new_from_environ (NULL);
  vrf_profile_save_as_active (environ_profile);
  loaded = vrf_profile_load_active ();
  g_assert_true (loaded->builtin);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile/environ", test_environ);
  g_test_add_func ("/profile/keep", test_keep);

  return g_test_run ();
}
