/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "desk/session/vrf-document-tile.h"
#include "desk/session/vrf-picture-viewer.h"
#include "desk/widgets/vrf-picture-view.h"
#include "support/vrf-widget-test.h"

#include "live.h"

#define WIDTH 800
#define HEIGHT 500

static void
upload_png (Live *live, const char *doc_type, int width, int height)
{
  g_autoptr (GBytes) file = live_make_png (width, height, 0x3584e4);

  live_upload (live, doc_type, file);
}

static VrfPictures *
get_pictures (Live *live)
{
  return vrf_session_editor_get_pictures (
      vrf_session_view_get_editor (VRF_SESSION_VIEW (live->view)));
}

/* A finished session with an ID and a selfie, shown. */
static void
begin (Live *live, const char *scopes)
{
  live_set_up (live, scopes);
  live_create (live, NULL);
  upload_png (live, "id_front", WIDTH, HEIGHT);
  upload_png (live, "selfie", 600, 600);
  live_simulate (live, "approve");
  live_show (live, 1000);
}

static VrfPictureViewer *
find_viewer (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (VRF_IS_PICTURE_VIEWER (l->data))
      return l->data;
  return NULL;
}

static void
open_document (Live *live, const char *doc_type)
{
  gtk_widget_activate_action (live->view, "session.open-document", "s", doc_type);
}

/* Nothing is fetched before somebody asks; hidden again, it is gone from memory. */
static void
test_on_demand (void)
{
  Live live;
  VrfPictures *pictures = NULL;

  begin (&live, NULL);
  live_await (live_says (&live, "ID front"));
  pictures = get_pictures (&live);
  g_assert_true (live_says (&live, "Selfie"));
  g_assert_true (live_says (&live, "Hidden"));
  g_assert_null (vrf_pictures_get_image (pictures, "id_front"));

  live_press (&live, "Show Pictures");
  live_await (vrf_pictures_get_image (pictures, "id_front") != NULL
              && vrf_pictures_get_image (pictures, "selfie") != NULL);
  g_assert_cmpint (
      gdk_texture_get_width (vrf_pictures_get_image (pictures, "id_front")->texture), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_width (vrf_pictures_get_image (pictures, "id_front")->thumbnail),
                   <=,
                   VRF_IMAGE_THUMBNAIL_PX);
  g_assert_false (live_says (&live, "Hidden"));

  live_press (&live, "Hide");
  g_assert_null (vrf_pictures_get_image (pictures, "id_front"));
  g_assert_true (live_says (&live, "Hidden"));
  live_tear_down (&live);
}

/* The viewer goes through the pictures, shows the selfie beside at the same zoom, and closes when
 * the pictures are hidden. */
static void
test_viewer (void)
{
  Live live;
  VrfPictureViewer *viewer = NULL;
  VrfPictureView *view = NULL;

  begin (&live, NULL);
  live_press (&live, "Show Pictures");
  live_await (vrf_pictures_get_image (get_pictures (&live), "id_front") != NULL
              && vrf_pictures_get_image (get_pictures (&live), "selfie") != NULL);
  open_document (&live, "id_front");
  viewer = find_viewer ();
  g_assert_nonnull (viewer);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (viewer));
  g_assert_cmpstr (vrf_picture_viewer_get_shown (viewer), ==, "id_front");

  view = VRF_PICTURE_VIEW (scene_find (GTK_WIDGET (viewer), VRF_TYPE_PICTURE_VIEW, NULL));
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.beside", NULL);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.zoom-in", NULL);
  g_assert_cmpfloat (vrf_picture_view_get_zoom (view), >, 1.0);
  g_assert_cmpfloat (vrf_picture_view_get_zoom (
                         VRF_PICTURE_VIEW (gtk_widget_get_next_sibling (GTK_WIDGET (view)))),
                     ==,
                     vrf_picture_view_get_zoom (view));
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.rotate-right", NULL);
  g_assert_cmpint (vrf_picture_view_get_rotation (view), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.fit", NULL);
  g_assert_cmpfloat (vrf_picture_view_get_zoom (view), ==, 1.0);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.next", NULL);
  g_assert_cmpstr (vrf_picture_viewer_get_shown (viewer), ==, "selfie");

  vrf_pictures_hide (get_pictures (&live));
  live_await (find_viewer () == NULL);
  live_tear_down (&live);
}

/* What only calls itself a picture is not displayed, and said. */
static void
test_unsafe (void)
{
  Live live;
  /* A PNG whose header says 1600 × 1000, and nothing after it. */
  static const guint8 head[45] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x06\x40\0\0\x03\xe8";
  g_autoptr (GBytes) broken = g_bytes_new_static (head, sizeof head);

  live_set_up (&live, NULL);
  live_create (&live, NULL);
  live_upload (&live, "id_front", broken);
  live_simulate (&live, "approve");
  live_show (&live, 1000);
  live_press (&live, "Show Pictures");
  live_await (live_says (&live, "Not displayed"));
  open_document (&live, "id_front");
  g_assert_null (find_viewer ());
  live_tear_down (&live);
}

/* A PDF is not opened: it can be saved, after a warning. */
static void
test_pdf (void)
{
  Live live;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.4\n%%EOF\n", 15);

  live_set_up (&live, NULL);
  live_create (&live, NULL);
  live_upload (&live, "id_back", pdf);
  live_simulate (&live, "approve");
  live_show (&live, 1000);
  live_await (live_says (&live, "Save a Copy…"));
  g_assert_null (live_find_button (live.view, "Show Pictures"));
  open_document (&live, "id_back");
  live_await (live_says (&live, "Save a Copy of This PDF?"));
  live_press (&live, "Cancel");
  live_await (!live_says (&live, "Save a Copy of This PDF?"));
  live_tear_down (&live);
}

static void
test_forbidden (void)
{
  Live live;

  begin (&live, "sessions:read");
  live_await (live_says (&live, "The API key may not see the documents."));
  g_assert_null (live_find_button (live.view, "Show Pictures"));
  live_tear_down (&live);
}

/* The gate by itself */

static void
image_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static VrfImage *
decode (GBytes *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  vrf_image_decode_async (file, NULL, image_cb, &result);
  live_await (result != NULL);
  return vrf_image_decode_finish (result, error);
}

static void
test_sniff (void)
{
  static const struct
  {
    const char *bytes;
    VrfImageKind kind;
  } cases[] = {
    { "\xff\xd8\xff\xe0", VRF_IMAGE_JPEG },    { "\x89PNG\r\n\x1a\n", VRF_IMAGE_PNG },
    { "RIFF1234WEBPVP8 ", VRF_IMAGE_WEBP },    { "%PDF-1.7", VRF_IMAGE_PDF },
    { "GIF89a", VRF_IMAGE_UNKNOWN },           { "", VRF_IMAGE_UNKNOWN },
    { "<svg xmlns='x'/>", VRF_IMAGE_UNKNOWN }, { "\xff\xd8", VRF_IMAGE_UNKNOWN },
    { "RIFF1234WAVE", VRF_IMAGE_UNKNOWN },     { "RIFF", VRF_IMAGE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (cases[i].bytes, strlen (cases[i].bytes));

      g_assert_cmpint (vrf_image_sniff (file), ==, cases[i].kind);
    }
}

static gboolean
read_size (const char *bytes, gsize length, int *ret_width, int *ret_height)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);

  return vrf_image_read_size (file, ret_width, ret_height);
}

static void
test_size (void)
{
  /* An APP0 segment, a fill byte, then the frame: 300 high, 500 wide. */
  static const char jpeg[] = "\xff\xd8\xff\xe0\0\x04\x01\x02\xff\xff\xc2\0\x0b\x08\x01\x2c\x01\xf4"
                             "\x01\x01\x11\0";
  /* 8000 × 5001: one row of pixels too many. */
  static const char large[] =
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x1f\x40\0\0\x13\x89\x08\x02\0\0\0ABCD";
  static const char ends[] = "\xff\xd8\xff\xda\0\x08\x01\x01\0\0\x3f\0";
  static const char beyond[] = "\xff\xd8\xff\xe0\xff\xff\0\0";
  int width = 0;
  int height = 0;

  g_assert_true (read_size (jpeg, sizeof jpeg - 1, &width, &height));
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 300);
  g_assert_false (read_size (large, sizeof large - 1, &width, &height));
  g_assert_false (read_size (ends, sizeof ends - 1, &width, &height));
  g_assert_false (read_size (beyond, sizeof beyond - 1, &width, &height));
  for (gsize length = 0; length < sizeof jpeg - 5; length++)
    read_size (jpeg, length, &width, &height);
}

static void
test_decode (void)
{
  g_autoptr (GBytes) wide = live_make_png (5000, 20, 0xff0000);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.4", 8);
  g_autoptr (VrfImage) image = NULL;
  g_autoptr (GError) error = NULL;
  guint8 pixel[4 * 2500 * 10];

  image = decode (wide, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (image->texture), ==, 2500);
  g_assert_cmpint (gdk_texture_get_height (image->texture), ==, 10);
  gdk_texture_download (image->texture, pixel, 4 * 2500);
  g_assert_cmphex (*(guint32 *) pixel, ==, 0xffff0000);

  g_assert_null (decode (bytes, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
}

/* The view: what is under the pointer stays there, and no edge comes in. */
static void
test_zoom (void)
{
  g_autoptr (GBytes) file = live_make_png (400, 320, 0x00ff00);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (file, NULL);
  GtkWidget *view = vrf_picture_view_new ();
  GtkWidget *window = NULL;
  guint count = 0;
  double x = 0;
  double y = 0;

  gtk_widget_set_size_request (view, 400, 320);
  window = vrf_widget_test_present (view);
  vrf_picture_view_set_texture (VRF_PICTURE_VIEW (view), texture, "ID front");
  vrf_widget_test_count_notify (view, "zoom", &count);
  vrf_picture_view_zoom_at (VRF_PICTURE_VIEW (view), 2.0, 300, 80);
  g_assert_cmpuint (count, ==, 1);
  vrf_picture_view_get_center (VRF_PICTURE_VIEW (view), &x, &y);
  /* At 2 × the middle is (0.75 + 0.5) / 2 of the width, (0.25 + 0.5) / 2 of the height. */
  g_assert_cmpfloat_with_epsilon (x, 0.625, 0.001);
  g_assert_cmpfloat_with_epsilon (y, 0.375, 0.001);

  vrf_picture_view_pan (VRF_PICTURE_VIEW (view), -10000, 10000);
  vrf_picture_view_get_center (VRF_PICTURE_VIEW (view), &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0.75, 0.001);
  g_assert_cmpfloat_with_epsilon (y, 0.25, 0.001);

  vrf_picture_view_zoom_by (VRF_PICTURE_VIEW (view), 1000);
  g_assert_cmpfloat (
      vrf_picture_view_get_zoom (VRF_PICTURE_VIEW (view)), ==, VRF_PICTURE_VIEW_MAX_ZOOM);
  vrf_picture_view_rotate (VRF_PICTURE_VIEW (view), -1);
  g_assert_cmpint (vrf_picture_view_get_rotation (VRF_PICTURE_VIEW (view)), ==, 3);
  vrf_picture_view_fit (VRF_PICTURE_VIEW (view));
  g_assert_cmpuint (count, ==, 3);
  vrf_widget_test_close (window);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/documents/sniff", test_sniff);
  g_test_add_func ("/desk/documents/size", test_size);
  g_test_add_func ("/desk/documents/decode", test_decode);
  g_test_add_func ("/desk/documents/zoom", test_zoom);
  g_test_add_func ("/desk/documents/on-demand", test_on_demand);
  g_test_add_func ("/desk/documents/viewer", test_viewer);
  g_test_add_func ("/desk/documents/unsafe", test_unsafe);
  g_test_add_func ("/desk/documents/pdf", test_pdf);
  g_test_add_func ("/desk/documents/forbidden", test_forbidden);

  return g_test_run ();
}
